import CommandLineClient
import Testing

@Suite("How to get to the broker")
struct BrokerAccessTests {
    @Test(
        "one line end after a password in a file is none of it, whichever system wrote it",
        arguments: [
            ("secret", "secret"), ("secret\n", "secret"), ("secret\r\n", "secret"), ("secret\n\n", "secret\n"),
            ("secret \r\n", "secret "), ("\r\n", ""), ("", ""),
        ]
    )
    func password(text: String, password: String) {
        #expect(BrokerAccess.password(fromFile: text) == password)
    }
}
