import AzureEmulation

extension EmulatedAzure {
    /// The answer to a call from the same process, with what a client and a wire would add.
    func reply(_ call: TestAzure.TestCall) async throws -> Reply {
        let body = Array((call.body ?? "").utf8)
        var headers = HeaderList(call.headers.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
        if call.method == "POST" || call.method == "PATCH" || !body.isEmpty {
            headers.add("Content-Length", String(body.count))
        }
        guard let request = WireRequest(call.method, url: call.url, headers: headers, body: body) else {
            throw Interruption.noResource(call.url)
        }
        if request.resource == "admin" {
            let desk = AdminDesk(azure: self, doors: { [] }, sleep: { _ in })
            let answer = await desk.answer(request.method, request.target, body: body)
            return Reply(status: answer.status, headers: [:], text: answer.text)
        }
        let answer = try await exchange(request) { _ in }
        var received = answer.headers
        if received["Content-Length"] == nil { received.add("Transfer-Encoding", "chunked") }
        return Reply(status: answer.status, headers: received, text: String(decoding: answer.body, as: UTF8.self))
    }
}
