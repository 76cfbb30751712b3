import CopyDomain

/// Turns a message into a command, or says exactly what is wrong with it: as strict as ``RequestDecoder``, in the same
/// three wire forms. The id is always the command's own field: that of a CloudEvent or of the message names the command,
/// not the request that it is about.
package enum CommandDecoder {
    private enum Name: String, CaseIterable {
        case cancel
    }

    package static func decode(_ message: IncomingMessage) throws(Rejection) -> CopyCommand {
        var about: RequestID?
        do {
            let body = try Envelope(message, of: "a command").request
            about = body["id"]?.string.flatMap(RequestID.init)
            return try command(in: body)
        } catch {
            throw Rejection(error.code, error.message, field: error.field, requestID: about)
        }
    }

    private static func command(in body: JSONValue) throws(RequestFault) -> CopyCommand {
        let fields = try FieldReader(body, known: ["command", "id"])
        let text = try fields.requiredString("command")
        guard let name = Name(rawValue: text) else {
            let known = Name.allCases.map(\.rawValue).joined(separator: ", ")
            throw RequestFault(
                .unknownCommand,
                "command: unknown command \(Printable.quoted(text)); known: \(known)",
                field: "command"
            )
        }
        guard let id = RequestID(rawValue: try fields.requiredString("id")) else {
            throw fields.invalid("id", "an id is 1 to 128 of A-Z a-z 0-9 . _ ~ : / @ + -")
        }
        switch name {
        case .cancel: return .cancel(id)
        }
    }
}

/// Writes commands as the plain JSON that ``CommandDecoder`` reads.
package enum CommandEncoder {
    package static let contentType = "application/json"

    package static func encode(_ command: CopyCommand) -> [UInt8] {
        switch command {
        case .cancel(let id):
            JSONText.encode(.fields(["command": .string("cancel"), "id": .string(id.rawValue)]))
        }
    }
}
