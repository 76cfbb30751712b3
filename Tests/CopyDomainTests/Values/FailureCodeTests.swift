import Testing

@testable import CopyDomain

@Suite("A failure code")
struct FailureCodeTests {
    @Test("has advice that is a sentence, and a stable spelling", arguments: FailureCode.allCases)
    func advice(code: FailureCode) {
        #expect(code.advice.hasSuffix(".") && code.advice.count > 20)
        #expect(code.rawValue.allSatisfy { $0.isLowercase || $0 == "_" })
    }
}
