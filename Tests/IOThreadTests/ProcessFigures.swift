import Glibc

/// What the kernel counts for this process.
enum ProcessFigures {
    static var threads: Int { entries(of: "/proc/self/task").count }

    static var descriptors: Int { entries(of: "/proc/self/fd").count }

    static func threads(named name: String) -> Int {
        entries(of: "/proc/self/task").filter { firstLine(of: "/proc/self/task/\($0)/comm") == name }.count
    }

    private static func entries(of path: String) -> [String] {
        guard let directory = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    private static func firstLine(of path: String) -> String? {
        guard let file = unsafe fopen(path, "r") else { return nil }
        defer { unsafe fclose(file) }
        var buffer = [CChar](repeating: 0, count: 64)
        guard unsafe fgets(&buffer, 64, file) != nil else { return nil }
        let bytes = buffer.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
