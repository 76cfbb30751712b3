import CopyDomain

@testable import AzureAI

/// The tables of the article Errors.md as the code has them.
enum ErrorArticle {
    static let rows: [String] =
        ["| call | Azure says | `code` | meaning |", "|---|---|---|---|"]
        + FailureTable.rows.map { "| \(calls($0)) | \(answer($0)) | `\($0.code.rawValue)` | \(meaning($0)) |" }

    static let codes: [String] =
        ["| `code` | what to do | a new request may succeed |", "|---|---|---|"]
        + FailureCode.allCases.map {
            "| `\($0.rawValue)` | \($0.advice) | \($0.canSucceedLater ? "yes" : "not by itself") |"
        }

    private static func calls(_ rule: FailureRule) -> String {
        switch rule.scope {
        case .all: "any"
        case .family(.formRecognizer): "any of Form Recognizer v2"
        case .family(.documentIntelligence): "any of Document Intelligence"
        case .family(.customVision): "any of Custom Vision"
        case .calls(let calls): calls.map { "`\($0.label(of: .documentModel))`" }.joined(separator: ", ")
        }
    }

    private static func answer(_ rule: FailureRule) -> String {
        let occasion =
            switch rule.occasion {
            case .answers(let statuses) where statuses.lowerBound == statuses.upperBound: "HTTP \(statuses.lowerBound)"
            case .answers(let statuses) where statuses.upperBound == .max: "anything else"
            case .answers(let statuses): "HTTP \(statuses.lowerBound) to \(statuses.upperBound)"
            case .failedCopies: "HTTP 200, failed"
            }
        let codes =
            switch rule.codes {
            case .any: ""
            case .named(let names): ", " + names.map { "`\($0)`" }.joined(separator: ", ")
            case .beginning(let prefixes): ", " + prefixes.map { "`\($0)…`" }.joined(separator: ", ")
            }
        let texts = rule.texts.map { "\"…\($0)…\"" }.joined(separator: " or ")
        return occasion + codes + (texts.isEmpty ? "" : ", \(texts)")
    }

    private static func meaning(_ rule: FailureRule) -> String {
        switch rule.fate {
        case .refused: "permanent"
        case .notDone: rule.code == .throttled ? "throttled" : "transient, not done"
        case .openIfEffect: "transient; its fate is unknown if it has a side effect"
        }
    }
}
