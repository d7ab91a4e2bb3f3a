from alongside.foundation.packages import Package


class AccessConfig(Package):
    name = "alongside.foundation.access"
    label = "access"
