package import CopyDomain

/// An event as a consumer reads it. Fields that it does not know are ignored; `data` holds them all.
package struct CopyEvent: Hashable, Sendable {
    package let event: EventName
    package let eventID: String
    package let source: String
    /// Absent where a rejected message had none.
    package let requestID: String?
    /// Absent in `rejected`.
    package let run: Int?
    /// Orders the events of a request; absent in `rejected`.
    package let sequence: Int?
    package let time: Timestamp
    package let kind: String?
    package let apiVersion: String?
    package let sourceResource: String?
    package let sourceItem: String?
    package let targetResource: String?
    package let targetID: String?
    package let targetName: String?
    package let targetURL: String?
    /// In `failed` and `rejected`.
    package let error: ReportedError?
    package let phase: String?
    package let azureStatus: String?
    /// From accept to outcome.
    package let seconds: Double?
    package let data: JSONValue

    /// Whether the event says that all is well: a copy succeeded, or a check found no problem.
    package var isGood: Bool {
        event == .succeeded || (event == .checked && data["ok"]?.bool == true)
    }

    package struct ReportedError: Hashable, Sendable {
        package let code: String
        package let message: String
        package let advice: String?
        package let field: String?
        package let retryHelps: Bool?
        package let azure: AzureError?
    }

    package static func decode(body: [UInt8]) throws(CopyEventError) -> CopyEvent {
        let value: JSONValue
        do {
            value = try JSONParser.parse(body)
        } catch {
            throw CopyEventError("the event is no JSON: \(error)")
        }
        return try CopyEvent(value)
    }

    private init(_ value: JSONValue) throws(CopyEventError) {
        guard value["specversion"]?.string == "1.0" else { throw CopyEventError("not a CloudEvent 1.0") }
        guard let id = value["id"]?.string, let source = value["source"]?.string else {
            throw CopyEventError("the CloudEvent has no id or no source")
        }
        guard let type = value["type"]?.string, let event = EventName.allCases.first(where: { $0.type == type }) else {
            throw CopyEventError("the CloudEvent's type is none of this contract's")
        }
        guard let time = value["time"]?.string.flatMap(Timestamp.init(rfc3339:)) else {
            throw CopyEventError("the CloudEvent has no time that can be read")
        }
        guard let data = value["data"], data.object != nil else {
            throw CopyEventError("the CloudEvent's data is no object")
        }
        self.event = event
        self.eventID = id
        self.source = source
        self.time = time
        self.data = data
        sequence = value["sequence"]?.string.flatMap { Int($0) }
        requestID = data["requestId"]?.string
        run = data["run"]?.integer
        kind = data["kind"]?.string
        apiVersion = data["apiVersion"]?.string
        sourceResource = data["source"]?["resource"]?.string
        sourceItem = data["source"]?["id"]?.string ?? data["source"]?["name"]?.string
        targetResource = data["target"]?["resource"]?.string
        targetID = data["target"]?["id"]?.string
        targetName = data["target"]?["name"]?.string
        targetURL = data["target"]?["url"]?.string
        error = data["error"].flatMap(ReportedError.init)
        phase = data["phase"]?.string
        azureStatus = data["azureStatus"]?.string
        seconds = data["seconds"]?.double
    }
}

extension CopyEvent.ReportedError {
    init?(_ value: JSONValue) {
        guard let code = value["code"]?.string else { return nil }
        self.code = code
        message = value["message"]?.string ?? ""
        advice = value["advice"]?.string
        field = value["field"]?.string
        retryHelps = value["retryHelps"]?.bool
        azure = value["azure"].map { azure in
            AzureError(
                status: azure["status"]?.integer,
                code: azure["code"]?.string,
                innerCode: azure["innerCode"]?.string,
                message: azure["message"]?.string,
                requestID: azure["requestId"]?.string
            )
        }
    }
}

/// Bytes that are no event of this contract.
package struct CopyEventError: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String

    init(_ message: String) {
        self.message = message
    }

    package var description: String { message }
}
