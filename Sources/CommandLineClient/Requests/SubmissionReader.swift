package import CopyContract

/// Makes submissions of what a person gives: flags, or JSON text with one request or one per line.
///
/// Every request is checked as a worker would check it; only its resources and routes are the worker's matter.
package struct SubmissionReader: Sendable {
    /// Makes the id of a request that was given none.
    private let makeID: @Sendable () -> String
    /// Makes a check of every request, under an id of its own: the request's id stays free for the copy.
    private let makesChecks: Bool

    package init(makesChecks: Bool = false, makeID: @escaping @Sendable () -> String) {
        self.makesChecks = makesChecks
        self.makeID = makeID
    }

    package func read(_ draft: RequestDraft) throws(SubmissionError) -> Submission {
        var draft = draft
        draft.id = id(for: draft.id)
        if makesChecks { draft.isCheck = true }
        return try checked(
            body: RequestEncoder.encode(draft),
            contentType: RequestEncoder.contentType,
            place: nil
        )
    }

    /// - Parameters:
    ///   - text: one JSON object, or JSON lines: one object in each line, empty lines between them.
    ///   - origin: the file's name, for errors.
    package func read(_ text: [UInt8], from origin: String) throws(SubmissionError) -> [Submission] {
        let lines = Self.lines(of: text)
        guard let first = lines.first else { throw SubmissionError("\(origin): there is no request in it") }
        // JSON lines if the first line is a whole value, else one value over many lines.
        guard lines.count > 1, (try? JSONParser.parse(first.text)) != nil else {
            return [try submission(text, place: origin)]
        }
        var submissions: [Submission] = []
        for line in lines {
            submissions.append(try submission(line.text, place: "\(origin), line \(line.number)"))
        }
        return submissions
    }

    private static func lines(of text: [UInt8]) -> [(number: Int, text: [UInt8])] {
        text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
            .map { (number: $0.offset + 1, text: Array($0.element)) }
            .filter { line in !line.text.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }
    }

    private func submission(_ text: [UInt8], place: String) throws(SubmissionError) -> Submission {
        let value: JSONValue
        do {
            value = try JSONParser.parse(text)
        } catch {
            throw SubmissionError("\(place): \(error)")
        }
        guard case .object(let fields) = value else {
            throw SubmissionError("\(place): a request is an object, not \(value.typeName)")
        }
        // A CloudEvent in structured mode brings its own identity and stays as it is.
        guard value["specversion"] == nil else {
            guard !makesChecks else { throw SubmissionError("\(place): a CloudEvent cannot be made a check") }
            return try checked(body: JSONText.encode(value), contentType: EncodedEvent.contentType, place: place)
        }
        var named = fields.filter { $0.name != "id" && (!makesChecks || $0.name != "check") }
        // An id that is no string is left for the check to complain about.
        let given = value["id"].flatMap { $0.string == nil ? $0 : nil }
        named.insert(JSONField("id", given ?? .string(id(for: value["id"]?.string))), at: 0)
        if makesChecks { named.append(JSONField("check", .bool(true))) }
        return try checked(
            body: JSONText.encode(.object(named)),
            contentType: RequestEncoder.contentType,
            place: place
        )
    }

    private func id(for given: String?) -> String {
        guard makesChecks else { return given ?? makeID() }
        let fresh = makeID()
        let long = given.map { "\($0)/check-\(fresh.prefix(8))" } ?? "check-\(fresh)"
        return long.utf8.count <= 128 ? long : "check-\(fresh)"
    }

    private func checked(body: [UInt8], contentType: String, place: String?) throws(SubmissionError) -> Submission {
        let message = IncomingMessage(
            body: body,
            contentType: contentType,
            contentEncoding: nil,
            messageID: nil,
            headers: []
        )
        do {
            return try Submission(checked: message)
        } catch {
            throw SubmissionError((place.map { "\($0): " } ?? "") + error.message)
        }
    }
}

/// Why a request cannot be sent as it was given, with the place and what is wrong there.
package struct SubmissionError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
