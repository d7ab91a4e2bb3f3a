from alongside.foundation.packages import Package


class MatchingConfig(Package):
    name = "alongside.matching"
    label = "matching"
