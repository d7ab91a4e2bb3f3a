from alongside.foundation.packages import Package


class SafeguardingConfig(Package):
    name = "alongside.safeguarding"
    label = "safeguarding"
