from alongside.foundation.packages import Package


class FilesConfig(Package):
    name = "alongside.foundation.files"
    label = "files"
