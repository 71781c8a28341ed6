"""Words about the reports."""

from PySide6.QtCore import QCoreApplication


def report_written(name: str) -> str:
    return QCoreApplication.translate("Words", "Report saved: %1").replace("%1", name)


def report_file_name() -> str:
    return QCoreApplication.translate("Words", "calls")


def report_not_written() -> str:
    return QCoreApplication.translate("Words", "The report could not be written there")


def reports_refused() -> str:
    return QCoreApplication.translate("Words", "Your role does not see reports")


def export_refused() -> str:
    return QCoreApplication.translate("Words", "Your role does not export reports")
