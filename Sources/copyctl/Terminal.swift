import CommandLineClient
import Foundation

/// The three standard streams.
enum Terminal {
    /// Unbuffered, so that a reader of a pipe sees each line at once.
    static func print(_ text: String) {
        // When nobody reads any more, there is nobody to tell.
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }

    static func complain(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Prints a list as people or programs want it.
    static func list(_ rows: [String], _ listing: Listing, asJSON: Bool) {
        let text = listing.text(rows, forPeople: !asJSON && isatty(STDOUT_FILENO) == 1)
        print(text.output)
        if let remark = text.remark { complain("copyctl: \(remark)\n") }
    }

    static func leave(_ status: Int32) -> Never {
        exit(status)
    }

    /// Whether standard output is a terminal on which lines can be redrawn.
    static var canRedraw: Bool {
        let terminal = ProcessInfo.processInfo.environment["TERM"] ?? "dumb"
        return isatty(STDOUT_FILENO) == 1 && terminal != "dumb"
    }

    static var size: WaitDisplay.Size {
        var window = winsize()
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
            return WaitDisplay.Size(columns: 80, rows: 24)
        }
        return WaitDisplay.Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
    }

    /// - Parameter path: `-` is standard input.
    static func read(_ path: String) throws(SubmissionError) -> [UInt8] {
        do {
            let data =
                path == "-"
                ? try FileHandle.standardInput.readToEnd() ?? Data()
                : try Data(contentsOf: URL(fileURLWithPath: path))
            return Array(data)
        } catch {
            throw SubmissionError("\(path): cannot be read: \(error.localizedDescription)")
        }
    }
}
