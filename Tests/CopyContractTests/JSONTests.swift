import CopyContract
import Testing

@Suite("JSON")
struct JSONTests {
    static let valid = [
        "null", "true", "false", "0", "-0", "17", "-17", "1.5", "1e9", "1E+9", "1.25e-3", "\"\"", "[]", "{}",
        #"[1,"a",null,true,{"a":[{}]}]"#, #"{"":0}"#, "\"\u{10FFFF}\"", "\"\u{7F}\"",
    ]

    @Test("text is read and written back as it was", arguments: valid)
    func roundTrip(text: String) throws {
        let value = try JSONParser.parse(Array(text.utf8))
        #expect(String(decoding: JSONText.encode(value), as: UTF8.self) == text)
    }

    static let invalid = [
        "", " ", "nul", "nulll", "True", "01", "-", "-01", "1.", ".5", "1.e3", "1e", "1e+", "+1", "0x10", "Infinity",
        "[", "]", "[1", "[1,", "[,1]", "[1,]", "[1 2]", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\" 1}",
        "{a:1}", "{1:1}", "{\"a\":1,}", "{,}", "{\"a\":1 \"b\":2}", "\"", "\"a", "\"\\", "\"\\u", "\"\\u12",
        "\"\\u12g4\"",
        "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\ud800x\"", "\"\\udc00\"", "\"\t\"", "1 2", "{}{}", "\u{A0}1", "[1]x",
        "\u{0C}1", "//\n1", "'a'",
    ]

    @Test("what is no JSON is refused", arguments: invalid)
    func refuses(text: String) {
        #expect {
            try JSONParser.parse(Array(text.utf8))
        } throws: { error in
            (error as? JSONSyntaxError)?.code == .malformed
        }
    }

    @Test(
        "escapes are read",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
            (#""\ud83d\ude00""#, "😀"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\u0000""#, "\0"),
        ]
    )
    func escapes(text: String, expected: String) throws {
        #expect(try JSONParser.parse(Array(text.utf8)) == .string(expected))
    }

    @Test("control characters are written as escapes, slashes are not")
    func writesEscapes() {
        let bytes = JSONText.encode(.string("\0\u{1}\u{8}\t\n\u{B}\u{C}\r\u{1F}\"\\/é"))
        #expect(String(decoding: bytes, as: UTF8.self) == #""\u0000\u0001\b\t\n\u000b\f\r\u001f\"\\/é""#)
    }

    @Test("every scalar below 256 survives writing and reading")
    func scalars() throws {
        let text = String(String.UnicodeScalarView((0..<256).compactMap(Unicode.Scalar.init)))
        #expect(try JSONParser.parse(JSONText.encode(.string(text))) == .string(text))
    }

    @Test("32 levels are read, 33 are not")
    func depth() throws {
        let levels = { (count: Int) in
            Array((String(repeating: "[", count: count) + String(repeating: "]", count: count)).utf8)
        }
        _ = try JSONParser.parse(levels(32))
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(levels(33)) }
    }

    @Test("siblings do not count as levels")
    func siblings() throws {
        let text = "[" + Array(repeating: "[[]]", count: 100).joined(separator: ",") + "]"
        #expect(try JSONParser.parse(Array(text.utf8)).array?.count == 100)
    }

    @Test("names that are canonically equal but of other bytes are two fields")
    func canonicalNames() throws {
        let value = try JSONParser.parse(Array("{\"\u{E9}\":1,\"e\u{301}\":2}".utf8))
        #expect(value.object?.count == 2)
        #expect(value["\u{E9}"]?.integer == 1)
        #expect(value["e\u{301}"]?.integer == 2)
    }

    @Test("many fields are read in passing time")
    func manyFields() throws {
        let text = "{" + (0..<20_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}"
        #expect(try JSONParser.parse(Array(text.utf8)).object?.count == 20_000)
    }

    @Test("sorting is by bytes, at every level")
    func sorted() throws {
        let value = try JSONParser.parse(Array(#"{"b":1,"a":{"z":1,"é":2,"Z":3},"B":[{"b":1,"a":2}]}"#.utf8))
        #expect(
            String(decoding: JSONText.encode(value, fields: .sorted), as: UTF8.self)
                == #"{"B":[{"a":2,"b":1}],"a":{"Z":3,"z":1,"é":2},"b":1}"#
        )
    }

    @Test(
        "an error says where",
        arguments: [
            ("{\n  \"é\": tru\n}", 2, 8, 10, "é"), ("[1,\n2,\n x]", 3, 2, 8, "[2]"),
            (#"{"a":{"b":[0,{"c":}]}}"#, 1, 19, 18, "a.b[1].c"),
        ]
    )
    func place(text: String, line: Int, column: Int, offset: Int, path: String) {
        #expect {
            try JSONParser.parse(Array(text.utf8))
        } throws: { error in
            guard let error = error as? JSONSyntaxError else { return false }
            return error.line == line && error.column == column && error.offset == offset
                && error.path.description == path
        }
    }

    @Test("accessors give what is there and nil for what is not")
    func accessors() throws {
        let value = try JSONParser.parse(Array(#"{"s":"x","n":1.5,"i":3,"b":true,"a":[1],"o":{},"z":null}"#.utf8))
        #expect(value["s"]?.string == "x" && value["n"]?.double == 1.5 && value["i"]?.integer == 3)
        #expect(value["b"]?.bool == true && value["a"]?.array == [.integer(1)] && value["o"]?.object == [])
        #expect(value["z"] == nil && value["missing"] == nil && value["s"]?["x"] == nil)
        #expect(value["s"]?.integer == nil && value["n"]?.integer == nil && value["i"]?.string == nil)
    }

    @Test(
        "seconds have three decimals",
        arguments: [(0, "0.000"), (1, "0.001"), (12_340, "12.340"), (-1_500, "-1.500")]
    )
    func seconds(milliseconds: Int, text: String) {
        #expect(JSONValue.seconds(.milliseconds(milliseconds)) == .number(text))
    }

    @Test(
        "foreign text becomes one line of bounded length",
        arguments: [
            ("plain", 10, "plain"), ("a\r\nb\u{85}\u{2028}c", 10, "a b c"), ("\u{1B}[31mred", 10, "[31mred"),
            ("0123456789abc", 10, "0123456789…"), ("", 10, ""), ("\n\n", 10, ""), ("ab\n", 2, "ab"),
            ("x\u{202E}y", 10, "x y"),
        ]
    )
    func printable(text: String, limit: Int, expected: String) {
        #expect(Printable.line(text, limit: limit) == expected)
    }
}
