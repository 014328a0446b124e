// What the camera reads of barcodes as they lie before it, and what it does not read into a picture without any.
#include "agent/reader/read_symbol.hpp"

#include <doctest/doctest.h>

#include <random>

#include "tests/agent/camera/picture.hpp"

using namespace plus7;
using namespace plus7::test;
using agent::camera::Frame;
using agent::camera::Symbol;
using Kind = Drawn::Kind;

namespace {

struct Case {
    Kind kind;
    std::string drawn;  // as zint takes it
    std::string code;   // as a scanner gives it
    bool linear;
};
const std::vector<Case> cases{
    {Kind::ean13, "4600000000015", "4600000000015", true},
    {Kind::ean8, "4600000", "46000002", true},
    {Kind::code128, "A-10234-1", "A-10234-1", true},
    {Kind::gs1_128, "(00)346012345678901230", "00346012345678901230", true},
    {Kind::gs1_128, "(10)LOT7(21)S-15",
     "10LOT7\x1D"
     "21S-15",
     true},
    {Kind::qr, "P7B-AKV3-99", "P7B-AKV3-99", false},
    {Kind::qr, "https://example.org/t/Zk29Qw", "https://example.org/t/Zk29Qw", false},
    {Kind::data_matrix, "A-10234-2", "A-10234-2", false},
    {Kind::gs1_data_matrix, "(01)04600000000015(21)x7Q(91)abcd",
     "0104600000000015"
     "21x7Q\x1D"
     "91abcd",
     false},
};

Picture sheet() { return {800, 800, 200}; }
Picture shown(const Case& one, double degrees = 0, int pixels = 4) {
    return sheet().with(Picture::barcode(one.kind, one.drawn, pixels), 400, 400, degrees);
}

std::optional<Symbol> read(const Picture& picture) {
    const auto message = picture.message();
    return agent::reader::read_symbol(agent::camera::frame_of(message).value());
}
std::string text_of(const std::optional<Symbol>& symbol) {
    return symbol ? std::string(core::text_of(symbol->code)) : "(none)";
}

}  // namespace

TEST_CASE("every symbology of the house is read as a scanner would give it") {
    for (const auto& one : cases) {
        const auto symbol = read(shown(one));
        CHECK(text_of(symbol) == one.code);
        if (symbol) CHECK(symbol->linear == one.linear);
    }
}

TEST_CASE("a parcel lies any way round, and never quite straight") {
    for (const auto& one : cases)
        for (const double degrees : {6.0, 90.0, 174.0, 180.0, 270.0}) {
            CAPTURE(degrees);
            CHECK(text_of(read(shown(one, degrees, one.linear ? 3 : 6))) == one.code);
        }
    for (const auto& one : cases)
        if (!one.linear) CHECK(text_of(read(shown(one, 38, 6))) == one.code);
}

TEST_CASE("out of focus, in a dark corridor, with the lamp on one side") {
    for (const auto& one : cases) {
        CHECK(text_of(read(shown(one, 0, one.linear ? 4 : 6).blurred(2))) == one.code);
        CHECK(text_of(read(shown(one).blurred(1).lit(0.9, 0.5, 50))) == one.code);
    }
}

TEST_CASE("noise, an empty table and a code too blurred to tell are no code") {
    for (unsigned seed = 1; seed <= 12; ++seed) CHECK(text_of(read(Picture::noise(640, 480, seed))) == "(none)");
    CHECK(text_of(read(sheet())) == "(none)");
    CHECK(text_of(read(shown(cases[2], 0, 2).blurred(6))) == "(none)");
}

TEST_CASE("of several codes the one in the middle counts") {
    const auto left = Picture::barcode(Kind::qr, "LEFT", 5);
    const auto right = Picture::barcode(Kind::qr, "RIGHT", 5);
    CHECK(text_of(read(sheet().with(left, 370, 380).with(right, 650, 380))) == "LEFT");
    CHECK(text_of(read(sheet().with(left, 150, 380).with(right, 440, 380))) == "RIGHT");
}

TEST_CASE("a message that is no frame is refused, whatever it says about itself") {
    const core::Bytes pixels(Frame::most_pixels + 1, 128);
    const auto why = [&](int width, int height, std::size_t bytes) {
        const auto frame = agent::camera::frame_of(message_of(width, height, core::ByteView(pixels).first(bytes)));
        return frame ? std::string("taken") : frame.error().message;
    };
    CHECK(why(16, 16, 256) == "taken");
    CHECK(why(1280, 960, 1280UL * 960) == "taken");
    CHECK(why(16, 16, 255) == Frame::no_frame);
    CHECK(why(16, 16, 257) == Frame::no_frame);
    CHECK(why(15, 32, 480) == Frame::wrong_size);
    CHECK(why(0, 0, 0) == Frame::wrong_size);
    CHECK(why(65535, 65535, 100) == Frame::wrong_size);
    CHECK(why(1280, 961, Frame::most_pixels) == Frame::wrong_size);
    for (std::size_t bytes = 0; bytes < Frame::head; ++bytes)
        CHECK_FALSE(agent::camera::frame_of(core::ByteView(pixels).first(bytes)));
}

// Pieces of real codes, cut, mixed and of odd shapes: whatever comes out was checked by the symbol's own means, and
// nothing is read beyond the picture.
TEST_CASE("damaged pictures of any shape are read or not, and harm nothing") {
    std::mt19937 random(7);
    const auto any = [&](int least, int most) { return std::uniform_int_distribution(least, most)(random); };
    const char* more = std::getenv("PLUS7_CAMERA_ROUNDS");
    const int rounds = more != nullptr ? std::atoi(more) : 150;  // 12000 were run once
    for (int round = 0; round < rounds; ++round) {
        Picture picture(any(16, 400), any(16, 300), static_cast<std::uint8_t>(any(0, 255)));
        for (int i = any(1, 3); i > 0; --i) {
            const auto& one = cases[static_cast<std::size_t>(any(0, static_cast<int>(cases.size()) - 1))];
            picture = picture.with(Picture::barcode(one.kind, one.drawn, any(1, 4)), any(0, picture.width()),
                                   any(0, picture.height()), any(0, 359));
        }
        const auto symbol = read(picture);
        if (!symbol) continue;
        const auto is_drawn = [&](const Case& one) { return one.code == text_of(symbol); };
        CHECK_MESSAGE(std::any_of(cases.begin(), cases.end(), is_drawn), text_of(symbol));
    }
}
