import Testing

@testable import CopyDomain

@Suite("A secret")
struct SecretTests {
    private let secret = Secret("canary")

    @Test("prints as stars by whatever route")
    func redaction() {
        var dumped = ""
        dump(secret, to: &dumped)
        var nested = ""
        dump(grant("m"), to: &nested)
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), secret.description,
            secret.debugDescription, dumped, nested, "\([secret])", "\(Optional(secret) as Any)",
            "\(FormRecognizerCall.startCopy(grant("m")))",
            "\(CustomVisionCall.importProject(token: secret, name: "n"))", "\(freshExport())",
            String(reflecting: FormRecognizerConversation.starting().machine),
        ]
        for text in texts {
            #expect(text.contains("***") && !text.contains("canary"), "\(text)")
        }
    }

    @Test("is revealed only on request, and survives storing")
    func revealing() {
        #expect(secret.reveal() == "canary")
        #expect(stored(secret) == secret)
        #expect(!secret.isEmpty && Secret("").isEmpty)
    }
}
