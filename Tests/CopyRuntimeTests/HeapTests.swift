import Testing

@testable import CopyRuntime

@Suite("Heap")
struct HeapTests {
    @Test("elements come out smallest first, whatever the order of their coming", arguments: 0..<20)
    func order(seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        var heap = Heap<Int>()
        var naive: [Int] = []
        for _ in 0..<500 {
            if naive.isEmpty || Bool.random(using: &generator) {
                let element = Int.random(in: 0..<100, using: &generator)
                heap.insert(element)
                naive.append(element)
                naive.sort(by: >)
            } else {
                #expect(heap.first == naive.last)
                heap.removeFirst()
                naive.removeLast()
            }
        }
        while let smallest = naive.popLast() {
            #expect(heap.first == smallest)
            heap.removeFirst()
        }
        #expect(heap.first == nil)
    }

    @Test("removing from an empty heap changes nothing")
    func empty() {
        var heap = Heap<Int>()
        heap.removeFirst()
        #expect(heap.first == nil)
    }
}

/// A small seeded generator, so that a failing case can be repeated.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
