import Foundation

extension WorkerConfiguration {
    /// The files with secrets that every user of the machine may read, for `check`.
    package func exposedSecretFiles() -> [String] {
        var seen: Set<String> = []
        return secretFiles.filter { seen.insert($0).inserted }.filter { path in
            let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            let attributes = try? FileManager.default.attributesOfItem(atPath: file)
            let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0
            return mode & 0o004 != 0
        }
    }
}
