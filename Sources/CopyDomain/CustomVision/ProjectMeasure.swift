/// What a Custom Vision project holds, counted live: what an export says includes things that are not copied
/// (azure-copy-apis.md 7.4).
package struct ProjectMeasure: Codable, Hashable, Sendable {
    package let tags: Int
    /// Trained ones.
    package let iterations: Int
    package let taggedImages: Int
    package let untaggedImages: Int
    /// Iterations that are published; those of a copy are not.
    package let publishedIterations: Int

    package init(tags: Int, iterations: Int, taggedImages: Int, untaggedImages: Int, publishedIterations: Int) {
        self.tags = tags
        self.iterations = iterations
        self.taggedImages = taggedImages
        self.untaggedImages = untaggedImages
        self.publishedIterations = publishedIterations
    }

    /// What a copy has to have in common with its source.
    package enum Part: String, CaseIterable, Sendable {
        case tags, iterations
        case taggedImages = "tagged images"
        case untaggedImages = "untagged images"
    }

    subscript(part: Part) -> Int {
        switch part {
        case .tags: tags
        case .iterations: iterations
        case .taggedImages: taggedImages
        case .untaggedImages: untaggedImages
        }
    }

    func holdsTheSame(as other: ProjectMeasure) -> Bool {
        Part.allCases.allSatisfy { self[$0] == other[$0] }
    }

    /// e.g. `tags 3, iterations 1, tagged images 12, untagged images 0`
    var text: String {
        Part.allCases.map { "\($0.rawValue) \(self[$0])" }.joined(separator: ", ")
    }

    /// e.g. `tags 2 of 3, iterations 1 of 1, tagged images 10 of 12, untagged images 0 of 0`
    func text(of whole: ProjectMeasure?) -> String {
        guard let whole else { return text }
        return Part.allCases.map { "\($0.rawValue) \(self[$0]) of \(whole[$0])" }.joined(separator: ", ")
    }
}
