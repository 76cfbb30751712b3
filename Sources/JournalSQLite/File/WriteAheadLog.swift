import CopyJournal
import Foundation

/// The file `-wal` of a journal that nobody closed: what was saved last is in it.
///
/// SQLite takes the log for ended at the first frame whose checksum is wrong, because a power failure leaves such a
/// frame behind the last commit. If the frame was damaged in another way, every commit from there on is lost without a
/// word. So this looks behind the first wrong frame: a commit that another frame was chained to was once complete.
///
/// The format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
struct WriteAheadLog {
    private static let headerSize = 32
    private static let frameHeaderSize = 24

    let path: String
    /// What comes between two looks.
    var pause: @Sendable () -> Void = { Thread.sleep(forTimeInterval: 0.1) }

    private struct Finding: Equatable {
        let header: Data
        let frames: Int
    }

    /// Looks without a lock, also while others write: damage is what stays as it is.
    /// - Throws: ``JournalError`` with `.unusable` if commits are certainly lost.
    func check() throws {
        guard let first = try damage() else { return }
        for _ in 0..<2 {
            pause()
            // Whoever writes has looked for himself.
            guard try damage() == first else { return }
        }
        throw JournalError(
            .unusable,
            "\(path) is damaged after \(first.frames) of its frames, and what was saved last is lost with the rest of "
                + "it. Restore the journal from a copy, or move this file away to go on with what was saved long before."
        )
    }

    private func damage() throws -> Finding? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        guard let bytes = try file.read(upToCount: Self.headerSize), bytes.count == Self.headerSize else { return nil }
        guard let header = LogHeader(Array(bytes)) else {
            let isBlank = bytes.allSatisfy { $0 == 0 }
            let next = try file.read(upToCount: Self.frameHeaderSize) ?? Data()
            // A log that was being begun when the power failed.
            if isBlank, next.allSatisfy({ $0 == 0 }) { return nil }
            return Finding(header: bytes, frames: 0)
        }
        var isWhole = true
        var count = 0
        var last = header.checksum
        var wasCommit = false
        while let frame = try frame(of: file, header) {
            let isNext = frame.isOf(header) && frame.checksum == frame.computed(header, after: last)
            if isWhole, !isNext { isWhole = false }
            if isWhole { count += 1 }
            if !isWhole, isNext, wasCommit { return Finding(header: bytes, frames: count) }
            last = frame.checksum
            wasCommit = frame.isOf(header) && frame.isCommit
        }
        return nil
    }

    private func frame(of file: FileHandle, _ header: LogHeader) throws -> LogFrame? {
        let size = Self.frameHeaderSize + header.pageSize
        guard let bytes = try file.read(upToCount: size), bytes.count == size else { return nil }
        return LogFrame(bytes: Array(bytes))
    }
}

private struct LogHeader {
    let pageSize: Int
    let salts: ArraySlice<UInt8>
    let checksum: LogChecksum
    let isBigEndian: Bool

    /// `nil` if the bytes are no header.
    init?(_ bytes: [UInt8]) {
        let magic = bytes.word(0)
        guard magic & ~1 == 0x377F_0682 else { return nil }
        isBigEndian = magic & 1 == 1
        pageSize = Int(bytes.word(8))
        salts = bytes[16..<24]
        checksum = LogChecksum(bytes.word(24), bytes.word(28))
        var computed = LogChecksum(0, 0)
        computed.add(bytes[..<24], isBigEndian: isBigEndian)
        guard computed == checksum, pageSize >= 512, pageSize <= 65_536 else { return nil }
    }
}

private struct LogFrame {
    let bytes: [UInt8]

    /// The frame that ends a transaction says how large the database is from then on.
    var isCommit: Bool { bytes.word(4) != 0 }
    var checksum: LogChecksum { LogChecksum(bytes.word(16), bytes.word(20)) }

    /// Frames of the log before, which this one overwrites from its beginning, have other salts.
    func isOf(_ header: LogHeader) -> Bool { bytes[8..<16].elementsEqual(header.salts) }

    func computed(_ header: LogHeader, after last: LogChecksum) -> LogChecksum {
        var checksum = last
        checksum.add(bytes[..<8], isBigEndian: header.isBigEndian)
        checksum.add(bytes[24...], isBigEndian: header.isBigEndian)
        return checksum
    }
}

private struct LogChecksum: Equatable {
    private var first: UInt32
    private var second: UInt32

    init(_ first: UInt32, _ second: UInt32) {
        self.first = first
        self.second = second
    }

    mutating func add(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) {
        var index = bytes.startIndex
        while index + 8 <= bytes.endIndex {
            first &+= Self.word(bytes, index, isBigEndian) &+ second
            second &+= Self.word(bytes, index + 4, isBigEndian) &+ first
            index += 8
        }
    }

    private static func word(_ bytes: ArraySlice<UInt8>, _ index: Int, _ isBigEndian: Bool) -> UInt32 {
        let word =
            UInt32(bytes[index]) << 24 | UInt32(bytes[index + 1]) << 16 | UInt32(bytes[index + 2]) << 8
            | UInt32(bytes[index + 3])
        return isBigEndian ? word : word.byteSwapped
    }
}

extension [UInt8] {
    fileprivate func word(_ index: Int) -> UInt32 {
        self[index..<index + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
