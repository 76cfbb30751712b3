import Foundation
import Testing

@testable import CopyDomain

/// Holds the "Can transition to" of every state's documentation against what the machines do.
@Suite("The documented transitions")
struct DocumentedTransitionTests {
    @Test("of a Form Recognizer v2 copy are those it makes")
    func formRecognizer() throws {
        let table = TransitionTable(FormRecognizerTableTests.states)
        try expect(table.transitions, areDocumentedIn: "FormRecognizer/FormRecognizerMachine+State.swift")
    }

    @Test("of a Document Intelligence copy are those it makes")
    func documentIntelligence() throws {
        let table = TransitionTable(DocumentIntelligenceTableTests.states)
        try expect(table.transitions, areDocumentedIn: "DocumentIntelligence/DocumentIntelligenceMachine+State.swift")
    }

    @Test("of a Custom Vision project copy are those it makes")
    func customVision() throws {
        let table = TransitionTable(CustomVisionTableTests.states)
        try expect(table.transitions, areDocumentedIn: "CustomVision/CustomVisionMachine+State.swift")
    }

    private func expect(_ made: [String: Set<String>], areDocumentedIn path: String) throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/CopyDomain")
        let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
        let documented = Self.transitions(in: text, among: Set(made.keys))
        #expect(Set(documented.keys) == Set(made.keys))
        for (state, next) in made {
            #expect(documented[state, default: []].subtracting([state]) == next.subtracting([state]), "\(state)")
        }
    }

    /// The states that each case's comment names after "Can transition to:".
    private static func transitions(in text: String, among states: Set<String>) -> [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        var comment = ""
        for line in text.split(separator: "\n").map({ $0.trimmingPrefix(while: \.isWhitespace) }) {
            if line.hasPrefix("///") {
                comment += line.dropFirst(3)
            } else if line.hasPrefix("case "),
                let list = comment.components(separatedBy: "Can transition to:").dropFirst().last
            {
                let name = String(line.dropFirst(5).prefix { $0.isLetter })
                // What stands in parentheses says why.
                let bare = list.replacing(#/\([^)]*\)/#, with: "")
                let words = bare.split { !$0.isLetter }.map(String.init)
                if found[name] == nil, states.contains(name) { found[name] = states.intersection(words) }
                comment = ""
            } else {
                comment = ""
            }
        }
        return found
    }
}
