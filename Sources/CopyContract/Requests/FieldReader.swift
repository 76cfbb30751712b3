import CopyDomain

/// Reads the fields of one object of a request. An object with a field that is not among the known ones is refused.
struct FieldReader: Sendable {
    private let value: JSONValue
    private let path: JSONPath

    init(_ value: JSONValue, at path: JSONPath = JSONPath(), known: [String]) throws(RequestFault) {
        self.value = value
        self.path = path
        guard case .object(let fields) = value else {
            throw RequestFault(
                .invalidField,
                "\(path): must be an object, not \(value.typeName)",
                field: path.description
            )
        }
        for field in fields where !known.contains(where: { $0.utf8.elementsEqual(field.name.utf8) }) {
            let name = path.field(field.name).description
            throw RequestFault(
                .unknownField,
                "\(name): unknown field; known here: \(known.joined(separator: ", "))",
                field: name
            )
        }
    }

    func path(_ name: String) -> JSONPath { path.field(name) }

    /// `nil` when the field is absent or null.
    func value(_ name: String) -> JSONValue? { value[name] }

    func string(_ name: String) throws(RequestFault) -> String? {
        guard let field = value[name] else { return nil }
        guard let text = field.string else { throw invalid(name, "must be a string, not \(field.typeName)") }
        return text
    }

    func requiredString(_ name: String) throws(RequestFault) -> String {
        guard let text = try string(name) else { throw missing(name) }
        return text
    }

    func bool(_ name: String) throws(RequestFault) -> Bool? {
        guard let field = value[name] else { return nil }
        guard let flag = field.bool else { throw invalid(name, "must be true or false, not \(field.typeName)") }
        return flag
    }

    /// A text for people, of several lines and in any script; the limit counts Unicode scalars.
    func prose(_ name: String, limit: Int) throws(RequestFault) -> String? {
        guard let text = try string(name) else { return nil }
        guard text.unicodeScalars.count <= limit else { throw invalid(name, "has more than \(limit) characters") }
        if let control = Printable.control(in: text, except: Printable.isOfProse) {
            throw invalid(name, "\(control); of the control characters it may have line breaks, tabs and bidi marks")
        }
        return text
    }

    func resource(_ name: String) throws(RequestFault) -> ResourceName {
        guard let resource = ResourceName(rawValue: try requiredString(name)) else {
            throw invalid(name, "a resource is named by 1 to 63 of a-z 0-9 -")
        }
        return resource
    }

    func item(_ name: String) throws(RequestFault) -> ItemID? {
        guard let text = try string(name) else { return nil }
        guard let item = ItemID(rawValue: text) else {
            throw invalid(name, "an id is 1 to 128 of A-Z a-z 0-9 . _ ~ : / @ + -")
        }
        return item
    }

    /// A name as Azure shows it to people: 1 to 256 Unicode scalars without control characters.
    func displayName(_ name: String) throws(RequestFault) -> String? {
        guard let text = try string(name) else { return nil }
        guard (1...256).contains(text.unicodeScalars.count) else {
            throw invalid(name, "a name has 1 to 256 characters")
        }
        if let control = Printable.control(in: text) {
            throw invalid(name, "\(control); a name has no control characters")
        }
        return text
    }

    func invalid(_ name: String, _ problem: String) -> RequestFault {
        let path = path.field(name).description
        return RequestFault(.invalidField, "\(path): \(problem)", field: path)
    }

    func missing(_ name: String) -> RequestFault {
        let path = path.field(name).description
        return RequestFault(.missingField, "\(path): is missing", field: path)
    }
}
