from alongside.foundation.packages import Package


class GuidanceConfig(Package):
    name = "alongside.guidance"
    label = "guidance"
