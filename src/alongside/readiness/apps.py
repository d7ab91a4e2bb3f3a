from alongside.foundation.packages import Package


class ReadinessConfig(Package):
    name = "alongside.readiness"
    label = "readiness"
