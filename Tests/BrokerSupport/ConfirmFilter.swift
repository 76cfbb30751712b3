/// Cuts what a broker sends into frames, and stops its confirms.
struct ConfirmFilter {
    enum Mode: Hashable, Sendable {
        case passing, holding, swallowing
    }

    /// The beginning of a frame that is not complete yet.
    private var rest: [UInt8] = []
    private var held: [UInt8] = []

    /// Confirms that are kept back wait for their release.
    var holds: Bool { !held.isEmpty }

    mutating func release() -> [UInt8] {
        defer { held = [] }
        return held
    }

    /// What may go on of everything that has come, and how many confirms were stopped.
    mutating func pass(_ bytes: some Sequence<UInt8>, _ mode: Mode) -> (passing: [UInt8], stopped: Int) {
        rest += bytes
        var passing = mode == .passing ? release() : []
        var stopped = 0
        var start = 0
        // A frame: type, channel (2), size (4), payload, end mark.
        while rest.count - start >= 8 {
            let size = rest[start + 3..<start + 7].reduce(0) { $0 << 8 | Int($1) }
            guard rest.count - start >= size + 8 else { break }
            let frame = rest[start..<start + size + 8]
            start += size + 8
            guard mode != .passing, Self.isConfirm(frame) else {
                passing += frame
                continue
            }
            stopped += 1
            if mode == .holding { held += frame }
        }
        rest.removeFirst(start)
        return (passing, stopped)
    }

    /// A method frame of basic.ack (60, 80) or basic.nack (60, 120).
    private static func isConfirm(_ frame: ArraySlice<UInt8>) -> Bool {
        let start = frame.startIndex
        return frame[start] == 1 && frame.count >= 12 && frame[start + 7] == 0 && frame[start + 8] == 60
            && frame[start + 9] == 0 && (frame[start + 10] == 80 || frame[start + 10] == 120)
    }
}
