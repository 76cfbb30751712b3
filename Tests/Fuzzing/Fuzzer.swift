import Foundation

/// Called by libFuzzer once, before everything else.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<CInt>?,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
    // Which property did not hold is to be read before the trap.
    _ = Fuzzer.harness
    atexit { Tally.print() }
    return 0
}

/// Called by libFuzzer for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Tally.count("inputs")
    unsafe Fuzzer.harness.run([UInt8](UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// One program for all harnesses: `FUZZ_HARNESS` names the one that it is.
enum Fuzzer {
    static let harnesses: [any Harness.Type] = [
        RequestHarness.self, JSONHarness.self, TextHarness.self, MessageHarness.self, AnswerHarness.self,
        ConversationHarness.self, TokenHarness.self, CheckpointHarness.self, ConfigurationHarness.self,
    ]

    static let harness: any Harness.Type = {
        let name = ProcessInfo.processInfo.environment["FUZZ_HARNESS"] ?? ""
        guard let harness = harnesses.first(where: { $0.name == name }) else {
            print("FUZZ_HARNESS is one of: \(harnesses.map { $0.name }.joined(separator: ", "))")
            exit(2)
        }
        return harness
    }()
}

/// Feeds one input to something that parses, and holds what comes out against what must always be true.
protocol Harness: SendableMetatype {
    static var name: String { get }
    static func run(_ input: [UInt8])
}
