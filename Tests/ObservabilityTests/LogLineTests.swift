import CopyDomain
import Foundation
import Logging
import Synchronization
import Testing

@testable import Observability

@Suite("Log lines")
struct LogLineTests {
    @Test("a JSON line has time, level, logger and message first, then the metadata by key")
    func order() {
        let line = jsonLine(message: "copy started", metadata: ["target": "east", "attempt": .stringConvertible(2)])
        #expect(
            line == #"{"time":"2026-11-21T13:00:00.250Z","level":"info","logger":"runs","message":"copy started","#
                + #""attempt":2,"target":"east"}"#
        )
    }

    @Test(
        "a JSON line stays one line and one object whatever the text holds",
        arguments: [
            "a\nb", "\r\t\u{0}\u{1b}[31m", "quote \" backslash \\ end", "}\u{2028}{", "\u{85}\u{7f}", "Zürich 東京 🚀", "",
        ]
    )
    func escapes(text: String) throws {
        let line = jsonLine(message: text, metadata: ["key \"\n": .string(text)])
        #expect(line.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control && $0 != "\u{2028}" })
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["message"] as? String == text)
        #expect(object["key \"\n"] as? String == text)
    }

    @Test("nested metadata becomes dotted keys, lists stay lists, numbers and truth values stay what they are")
    func flattening() throws {
        let line = jsonLine(
            message: "m",
            metadata: [
                "azure": ["status": .stringConvertible(429), "inner": ["code": "1002"]],
                "reasons": ["one", ["two": "2"]], "ready": .stringConvertible(false),
                "late": .stringConvertible(0.25), "odd": .stringConvertible(Double.infinity),
            ]
        )
        let members =
            #""azure.inner.code":"1002","azure.status":429,"late":0.25,"odd":"inf","ready":false,"#
            + #""reasons":["one",{"two":"2"}]}"#
        #expect(line.hasSuffix(members))
    }

    @Test("metadata cannot pass itself off as the line's own time, level, logger or message")
    func takenNames() {
        let line = jsonLine(message: "m", metadata: ["level": "critical", "message": "other", "error": "mine"])
        #expect(line.contains(#""level":"info""#))
        #expect(line.contains(#""error":"mine","metadata.level":"critical","metadata.message":"other""#))
    }

    @Test("a console line shows control characters as escapes and quotes what has blanks")
    func console() {
        var record = record(
            message: "said \u{1b}[2J\nmore\u{202e}",
            metadata: ["a": "1", "b": "x y", "c": "", "d": "q\"="]
        )
        record.error = Problem()
        #expect(
            record.consoleLine
                == "2026-11-21T13:00:00.250Z info     runs: said \\u{1b}[2J\\u{a}more\\u{202e} "
                + #"error="no answer" a=1 b="x y" c="" d="q\"=""#
        )
    }

    @Test("a secret prints as *** by every route", arguments: LogFormat.allCases)
    func secrets(format: LogFormat) {
        let secret = Secret("canary")
        let lines = Mutex<[String]>([])
        var logger = Logger(label: "x") { label in
            LineLogHandler(label: label, level: .trace, format: format, now: { moment }) { line in
                lines.withLock { $0.append(line) }
            }
        }
        logger[metadataKey: "logger"] = .stringConvertible(secret)
        logger.trace("key \(secret)", metadata: ["key": "\(secret)", "keys": .array([.stringConvertible(secret)])])
        let line = lines.withLock { $0.joined() }
        #expect(!line.contains("canary"))
        #expect(line.components(separatedBy: "***").count == 5)
    }

    @Test("the statement's metadata wins over the provider's, and that over the logger's")
    func precedence() {
        let lines = Mutex<[String]>([])
        var handler = LineLogHandler(label: "x", level: .info, format: .json, now: { moment }) { line in
            lines.withLock { $0.append(line) }
        }
        handler.metadataProvider = Logger.MetadataProvider { ["a": "provider", "b": "provider"] }
        handler.metadata = ["a": "logger", "b": "logger", "c": "logger"]
        let made = handler
        let logger = Logger(label: "x") { _ in made }
        logger.info("m", metadata: ["a": "statement"])
        logger.debug("below the level")
        #expect(lines.withLock { $0.count } == 1)
        #expect(lines.withLock { $0[0] }.hasSuffix(#""a":"statement","b":"provider","c":"logger"}"#))
    }

    private func jsonLine(message: String, metadata: Logger.Metadata) -> String {
        record(message: message, metadata: metadata).jsonLine
    }

    private func record(message: String, metadata: Logger.Metadata) -> LogRecord {
        LogRecord(time: moment, level: .info, logger: "runs", message: message, metadata: metadata, error: nil)
    }
}

/// 2026-11-21T13:00:00.250Z
private let moment = Date(timeIntervalSince1970: 1_795_266_000.25)

private struct Problem: Error, CustomStringConvertible {
    var description: String { "no answer" }
}
