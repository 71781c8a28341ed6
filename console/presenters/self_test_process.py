"""The phone's self-test in a process of its own, which can be ended at any moment."""

from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from telephony.errors import ProtocolError
from telephony.findings import SelfTestOrder, finding_from, to_line

END_LIMIT_MS = 2000


class SelfTestProcess(QObject):
    """Tells the findings of ``python -m telephony self-test`` as they come."""

    found = Signal(object)  # Finding
    ended = Signal(bool)  # whether it came to its end by itself

    def __init__(self, python: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._python = python
        self._process: QProcess | None = None

    def start(self, order: SelfTestOrder) -> None:
        """Begin; the order goes through a pipe, since it holds the password."""
        self.stop()
        process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        process.start(str(self._python), ["-m", "telephony", "self-test"])
        process.write(to_line(order).encode())
        process.closeWriteChannel()
        self._process = process

    def stop(self) -> None:
        """End it; nothing more is told."""
        process, self._process = self._process, None
        if process is None:
            return
        process.readyReadStandardOutput.disconnect(self._read)
        process.finished.disconnect(self._finished)
        process.errorOccurred.disconnect(self._failed)
        process.finished.connect(process.deleteLater)
        process.terminate()
        # Where that is not heard, as on Windows.
        QTimer.singleShot(END_LIMIT_MS, process, process.kill)

    def close(self) -> None:
        """End it and wait for that, at the end of the program."""
        process = self._process
        self.stop()
        if process is not None and not process.waitForFinished(END_LIMIT_MS):
            process.kill()
            process.waitForFinished(END_LIMIT_MS)

    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            line = bytes(self._process.readLine().data())
            try:
                finding = finding_from(line)
            except ProtocolError:
                # A library may print a remark of its own.
                continue
            self.found.emit(finding)

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        if self._process is not None:
            process, self._process = self._process, None
            process.deleteLater()
            self.ended.emit(code == 0 and status is QProcess.ExitStatus.NormalExit)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            self._process.deleteLater()
            self._process = None
            self.ended.emit(False)
