/// Which file a path stands for, whatever it is called.
struct FileIdentity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
}

/// What the file system says about a file.
struct FileStatus: Hashable, Sendable {
    let identity: FileIdentity
    let size: Int64
    let isRegular: Bool
    let isDirectory: Bool
    /// The nine bits of read, write and execute.
    let permissions: UInt32
}
