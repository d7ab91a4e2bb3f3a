from alongside.foundation.packages import Package


class DemoConfig(Package):
    name = "alongside.demo"
    label = "demo"
