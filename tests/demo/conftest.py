from tests.told import told, told_once  # noqa: F401 -- fixtures
