from alongside.foundation.packages import Package


class PeopleConfig(Package):
    name = "alongside.people"
    label = "people"
