/// A list with one row a line: on a terminal with the columns' names, and a word if there are no rows.
///
/// Programs get the rows alone, whatever they are.
package struct Listing: Sendable {
    private let columns: [String]
    private let nothing: String

    package init(columns: [String], nothing: String) {
        self.columns = columns
        self.nothing = nothing
    }

    /// - Returns: what goes to standard output, and what to standard error.
    package func text(_ rows: [String], forPeople: Bool) -> (output: String, remark: String?) {
        let header = forPeople && !rows.isEmpty ? [columns.joined(separator: "  ")] : []
        let output = (header + rows).map { $0 + "\n" }.joined()
        return (output, forPeople && rows.isEmpty ? nothing : nil)
    }
}
