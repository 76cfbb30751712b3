/// The table of the article Matrix.md.
extension Matrix {
    static let rows: [String] =
        [
            line(["kind and version"] + Scenario.allCases.map(\.rawValue)),
            "|" + String(repeating: "---|", count: Scenario.allCases.count + 1),
        ]
        + Subject.all.map { subject in
            line(["\(subject)"] + Scenario.allCases.map { cell(subject, $0).words })
        }

    private static func line(_ cells: [String]) -> String {
        "| " + cells.joined(separator: " | ") + " |"
    }
}
