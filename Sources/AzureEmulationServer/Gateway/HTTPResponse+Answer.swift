import AzureEmulation
import HTTPTypes

extension HTTPResponse {
    init(_ answer: WireAnswer) {
        var fields = HTTPFields()
        for field in answer.headers.fields {
            guard let name = HTTPField.Name(field.name) else { continue }
            fields.append(HTTPField(name: name, value: field.value))
        }
        self.init(status: .init(integerLiteral: answer.status), headerFields: fields)
    }
}
