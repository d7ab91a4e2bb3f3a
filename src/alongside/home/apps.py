from alongside.foundation.packages import Package


class HomeConfig(Package):
    name = "alongside.home"
    label = "home"
