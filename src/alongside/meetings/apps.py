from alongside.foundation.packages import Package


class MeetingsConfig(Package):
    name = "alongside.meetings"
    label = "meetings"
