from alongside.foundation.packages import Package


class HooksConfig(Package):
    name = "alongside.foundation.hooks"
    label = "hooks"
