import CopyDomain

extension RequestID {
    static func complaint(about text: String) -> String {
        "\"\(text)\" is no id: 1 to 128 of A-Z a-z 0-9 . _ ~ : / @ + -"
    }
}
