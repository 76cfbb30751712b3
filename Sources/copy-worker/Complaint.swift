/// An error that is told to the person at the terminal as it is, and ends the program with 1.
struct Complaint: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
