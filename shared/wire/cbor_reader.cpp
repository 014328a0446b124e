#include "shared/wire/cbor_reader.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "shared/wire/cbor_gate.hpp"
#include "shared/wire/cbor_writer.hpp"

namespace plus7::wire {
namespace {

using nlohmann::json;

// What nlohmann takes as input: an input iterator over the gate's bytes.
class GateIterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    explicit GateIterator(CborGate* gate) : gate_(gate) {}
    char operator*() const { return gate_->current(); }
    GateIterator& operator++() {
        gate_->advance();
        return *this;
    }
    // Only ever compared with the end, which has no gate.
    bool operator!=(const GateIterator&) const { return gate_->has_next(); }
    bool operator==(const GateIterator& other) const { return !(*this != other); }

  private:
    CborGate* gate_;
};

// Builds the tree. Each call answers whether to go on.
class TreeBuilder final : public nlohmann::json_sax<json> {
  public:
    TreeBuilder(const CborGate& gate, const ReadLimits& limits) : gate_(gate), limits_(limits) {}

    bool null() override { return add(Node::Kind::null) != nullptr; }

    bool boolean(bool value) override {
        Node* node = add(Node::Kind::boolean);
        if (node != nullptr) node->boolean = value;
        return node != nullptr;
    }

    bool number_integer(number_integer_t value) override {
        Node* node = add(Node::Kind::integer);
        if (node != nullptr) node->integer = value;
        return node != nullptr;
    }

    bool number_unsigned(number_unsigned_t value) override {
        return number_integer(static_cast<number_integer_t>(value));  // the gate let nothing above INT64_MAX pass
    }

    bool number_float(number_float_t, const string_t&) override {
        return stop(core::invalid("a floating-point number"));
    }

    bool string(string_t& value) override {
        Node* node = add(Node::Kind::text);
        if (node == nullptr) return false;
        node->content = last(value.size());
        return is_wire_text(value) || stop(core::invalid("text that is not UTF-8"));
    }

    bool binary(binary_t& value) override {
        Node* node = add(Node::Kind::bytes);
        if (node != nullptr) node->content = last(value.size());
        return node != nullptr;
    }

    bool start_array(std::size_t) override { return open(Node::Kind::array); }
    bool start_object(std::size_t) override { return open(Node::Kind::map); }
    bool end_array() override { return close(); }
    bool end_object() override { return close(); }

    bool key(string_t& value) override {
        if (!count()) return false;
        if (!is_wire_text(value)) return stop(core::invalid("a key that is not UTF-8"));
        auto& keys = open_.back()->keys;
        if (!keys.empty() && !key_before(keys.back(), value)) {
            return stop(core::invalid(keys.back() == value ? "a key twice in one map" : "keys that are not in order"));
        }
        keys.push_back(core::text_of(last(value.size())));
        return true;
    }

    bool parse_error(std::size_t, const std::string&, const json::exception&) override {
        // All that is left to nlohmann behind the gate.
        if (gate_.input().empty()) return stop(core::invalid("nothing at all"));
        const bool ended = gate_.position() == gate_.input().size();
        return stop(core::invalid(ended ? "the end inside a list" : "a key that is not a text"));
    }

    std::optional<core::Error> error;
    Node root;

  private:
    bool stop(core::Error why) {
        if (!error) error = std::move(why);
        return false;
    }

    bool count() { return ++items_ <= limits_.items || stop(core::limit("too many items")); }

    core::ByteView last(std::size_t size) const { return gate_.input().subspan(gate_.position() - size, size); }

    Node* add(Node::Kind kind) {
        if (!count()) return nullptr;
        Node* node = open_.empty() ? &root : &open_.back()->items.emplace_back();
        node->kind = kind;
        node->encoded = gate_.input().subspan(gate_.head(), gate_.position() - gate_.head());
        return node;
    }

    bool open(Node::Kind kind) {
        if (open_.size() >= limits_.depth) return stop(core::limit("nested too deeply"));
        Node* node = add(kind);
        if (node != nullptr) open_.push_back(node);
        return node != nullptr;
    }

    bool close() {
        Node* node = open_.back();
        const auto* begin = node->encoded.data();
        node->encoded = {begin, static_cast<std::size_t>(gate_.input().data() + gate_.position() - begin)};
        open_.pop_back();
        return true;
    }

    const CborGate& gate_;
    const ReadLimits& limits_;
    std::size_t items_ = 0;
    std::vector<Node*> open_;  // stable: a node's siblings are added only after it was closed
};

}  // namespace

const Node* Node::find(std::string_view key) const {
    const auto found = std::find(keys.begin(), keys.end(), key);
    return found == keys.end() ? nullptr : &items[static_cast<std::size_t>(found - keys.begin())];
}

PartialRead read_cbor_partly(core::ByteView input, const ReadLimits& limits) {
    if (input.size() > limits.bytes) return {{}, core::limit("too long: " + std::to_string(input.size()) + " bytes")};
    CborGate gate(input);
    TreeBuilder builder(gate, limits);
    const bool complete =
        json::sax_parse(GateIterator(&gate), GateIterator(nullptr), &builder, json::input_format_t::cbor, false);
    if (gate.refusal() != nullptr) {
        builder.error = core::invalid(gate.refusal());
    } else if (complete && gate.position() != input.size()) {
        builder.error = core::invalid("bytes behind the end");
    }
    return {std::move(builder.root), std::move(builder.error)};
}

core::Result<Node> read_cbor(core::ByteView input, const ReadLimits& limits) {
    auto read = read_cbor_partly(input, limits);
    if (read.error) return std::move(*read.error);
    return std::move(read.root);
}

}  // namespace plus7::wire
