import Foundation
import Testing

/// A small file system in memory, mounted below a workshop; gone with the value.
final class Volume: Sendable {
    /// Whether this process may mount: root with the capability for it.
    static let isPossible = (try? Volume(in: Workshop(), size: "1m")) != nil

    let directory: String
    /// Keeps the directory.
    private let workshop: Workshop

    init(in workshop: Workshop, size: String) throws {
        self.workshop = workshop
        directory = workshop.directory + "/volume"
        try workshop.run("mkdir", directory)
        try workshop.run("mount", "-t", "tmpfs", "-o", "size=\(size)", "tmpfs", directory)
    }

    deinit {
        _ = try? workshop.run("umount", "-l", directory)
    }

    var path: String { directory + "/journal.db" }

    /// Leaves room for so many bytes, rounded up to pages.
    func fill(leaving room: Int = 0) throws {
        try workshop.run("sh", "-c", "dd if=/dev/zero of='\(directory)/filler' bs=4096 status=none 2>/dev/null; true")
        guard room > 0 else { return }
        try workshop.run("truncate", "-s", "-\(room)", directory + "/filler")
    }

    func empty() throws {
        try workshop.run("rm", directory + "/filler")
    }

    /// Makes the file system read-only, which it can only become while nobody writes to it.
    func setWritable(_ isWritable: Bool) throws {
        try workshop.run("mount", "-o", isWritable ? "remount,rw" : "remount,ro", directory)
    }
}
