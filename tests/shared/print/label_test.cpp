#include <doctest/doctest.h>

#include <fstream>
#include <thread>

#include "shared/print/label.hpp"
#include "shared/text/fold.hpp"
#include "tests/shared/print/printed.hpp"
#include "tests/support/process.hpp"

using namespace plus7;
using print::Label;
using print::LabelSize;

namespace {

const print::LabelWords words{.route = "Маршрут",
                              .cell = "Ячейка",
                              .piece = "Место",
                              .order = "Заказ",
                              .sender = "Отправитель",
                              .recipient = "Получатель",
                              .slot = "Доставить",
                              .cash = "Взять с получателя"};

Label label_of(const std::string& code) {
    return {.code = code,
            .qr = "HTTPS://P7.EXAMPLE/P/" + code,
            .route = "М-07",
            .cell = "A-12-3",
            .piece = "1 из 3",
            .order = "48213",
            .sender = "Северный склад",
            .recipient = "Анна К.",
            .address = {"Архангельск, Воскресенская, 101", "подъезд 2, кв. 48"},
            .slot = "14:00–16:00",
            .cash = "1500 ₽"};
}

// Every text is as long as somebody may type it, some of them one word.
Label overfull() {
    std::string address;
    for (int at = 0; at < 300; ++at) address += at % 9 == 8 ? " " : "щ";
    const std::string word(60, 'W');
    return {.code = "P7-0001234567",
            .qr = "HTTPS://P7.EXAMPLE/P/0001234567",
            .route = word,
            .cell = address,
            .piece = address,
            .order = word,
            .sender = address,
            .recipient = word,
            .address = {address, word, "last"},
            .slot = address,
            .cash = word};
}

std::string pdf_of(const std::vector<Label>& labels, LabelSize size = LabelSize::standard) {
    return print::labels_pdf(labels, words, size).value();
}

core::Error refusal(Label label, LabelSize size = LabelSize::standard) {
    return print::labels_pdf({label_of("P7-1"), std::move(label)}, words, size).error();
}

bool overlap(const test::Word& a, const test::Word& b) {
    // The middle half of a line's height is where its letters are; ascent and descent of two lines may touch.
    const auto quarter = [](const test::Word& word) { return (word.bottom - word.top) / 4; };
    return a.left < b.right && b.left < a.right && a.top + quarter(a) < b.bottom - quarter(b) &&
           b.top + quarter(b) < a.bottom - quarter(a);
}

std::vector<std::string> numbered_lines(int count) {
    std::vector<std::string> lines;
    for (int at = 1; at <= count; ++at) lines.push_back("строка" + std::to_string(at));
    return lines;
}

test::Word word_in(const std::vector<test::Word>& page, const std::string& text) {
    for (const auto& word : page)
        if (word.text.ends_with(text)) return word;
    throw std::runtime_error("not on the page: " + text);
}

// Millimetres of a character on average.
double letter_width(const test::Word& word) {
    return (word.right - word.left) / static_cast<double>(text::length(word.text));
}

constexpr double address_end = 86.5;  // mm, of the large label with cash to take
constexpr LabelSize sizes[] = {LabelSize::standard, LabelSize::small};

}  // namespace

TEST_CASE("a scanner reads the parcel's number and the QR from a printed label of either size") {
    for (const auto size : sizes) {
        const auto pages = test::pages_of(pdf_of({label_of("P7-0001234567")}, size));
        REQUIRE(pages.size() == 1);
        CHECK(test::codes_of(pages[0]) ==
              std::set<std::string>{"CODE-128:P7-0001234567", "QR-Code:HTTPS://P7.EXAMPLE/P/P7-0001234567"});
    }
}

TEST_CASE("the longest number and the longest QR that are taken can still be read, and one more is refused") {
    for (const auto& [size, letters, characters] :
         {std::tuple{LabelSize::standard, 30u, 666u}, {LabelSize::small, 16u, 106u}}) {
        auto label = label_of(std::string(letters, 'a'));
        label.qr = std::string(characters, 'q');
        CHECK(test::codes_of(test::pages_of(pdf_of({label}, size)).at(0)) ==
              std::set<std::string>{"CODE-128:" + label.code, "QR-Code:" + label.qr});
        CHECK(refusal(label_of(std::string(letters + 1, 'a')), size).kind == core::ErrorKind::limit);
    }
    auto label = label_of("P7-1");
    label.qr = std::string(107, 'q');
    CHECK(refusal(label, LabelSize::small).kind == core::ErrorKind::limit);
}

TEST_CASE("each label is a page of its size with its own number, and without a QR when it has none") {
    auto last = label_of("P7-3");
    last.qr.clear();
    const auto pdf = pdf_of({label_of("P7-1"), label_of("P7-2"), last});
    const auto pages = test::pages_of(pdf);
    REQUIRE(pages.size() == 3);
    CHECK(test::codes_of(pages[1]).count("CODE-128:P7-2") == 1);
    CHECK(test::codes_of(pages[2]) == std::set<std::string>{"CODE-128:P7-3"});
    CHECK(pages[0].width == 1182);  // 100 mm at 300 dots per inch
    CHECK(pages[0].height == 1772);
    const auto small = test::pages_of(pdf_of({last}, LabelSize::small)).at(0);
    CHECK(small.width == 686);
    CHECK(small.height == 473);
}

TEST_CASE("the texts stand in the document as they were given, Cyrillic too, with their captions") {
    const auto text = test::text_of(pdf_of({label_of("P7-0001234567")}));
    for (const char* part : {"P7-0001234567", "М-07", "A-12-3", "1 из 3", "48213", "Северный склад", "Анна К.",
                             "Воскресенская,", "подъезд", "14:00–16:00", "1500 ₽", "Маршрут", "Ячейка", "Место",
                             "Заказ", "Отправитель", "Получатель", "Доставить", "Взять с получателя"})
        CHECK_MESSAGE(text.find(part) != std::string::npos, part << " is not in: " << text);
    const auto small = test::text_of(pdf_of({label_of("P7-0001234567")}, LabelSize::small));
    for (const char* part : {"P7-0001234567", "М-07", "A-12-3", "1 из 3", "Заказ: 48213", "Северный склад", "Анна К.",
                             "Воскресенская,", "14:00–16:00", "Взять с получателя: 1500 ₽"})
        CHECK_MESSAGE(small.find(part) != std::string::npos, part << " is not in: " << small);
}

TEST_CASE("texts of any length leave the margins white, the codes readable and one another alone") {
    for (const auto size : sizes) {
        const auto pdf = pdf_of({overfull()}, size);
        const auto page = test::pages_of(pdf).at(0);
        CHECK(test::ink_on(page) > 10000);
        CHECK(test::ink_in_margin(page, size == LabelSize::small ? 1.5 : 3.5) == 0);
        CHECK(test::codes_of(page).size() == 2);
        const auto all = test::words_of(pdf).at(0);
        CHECK(all.size() > 10);
        for (std::size_t a = 0; a < all.size(); ++a)
            for (std::size_t b = a + 1; b < all.size(); ++b)
                CHECK_MESSAGE(!overlap(all[a], all[b]), all[a].text << " lies on " << all[b].text);
        const auto [wide, high] = size == LabelSize::small ? std::pair{58.0, 40.0} : std::pair{100.0, 150.0};
        for (const auto& word : all) {
            CHECK_MESSAGE((word.left > 1.5 && word.right < wide - 1.5), word.text);
            CHECK_MESSAGE((word.top > 0 && word.bottom < high), word.text);
        }
    }
}

TEST_CASE("a long address is set smaller before anything of it is left out, and then ends in an ellipsis") {
    auto label = label_of("P7-1");
    label.address = numbered_lines(30);
    auto words_there = test::words_of(pdf_of({label})).at(0);
    const auto fits = word_in(words_there, "строка30");
    CHECK(letter_width(fits) > 0.8);
    CHECK(fits.bottom < address_end);

    // What an ellipsis stands for is still text of the document, all of it in the ellipsis' own place.
    label.address = numbered_lines(200);
    words_there = test::words_of(pdf_of({label})).at(0);
    CHECK(letter_width(word_in(words_there, "строка40,")) > 0.8);
    const auto left_out = word_in(words_there, "строка200");
    CHECK(letter_width(left_out) < 0.1);
    CHECK(left_out.bottom < address_end);
}

TEST_CASE("a word that is wider than its column is broken without a hyphen, and nothing of it is lost") {
    auto label = label_of("P7-1");
    label.address = {std::string(60, 'q')};
    const auto words_there = test::words_of(pdf_of({label})).at(0);
    std::vector<test::Word> parts;
    std::string joined;
    for (const auto& word : words_there)
        if (word.text.find("qq") != std::string::npos) {
            parts.push_back(word);
            joined += word.text;
        }
    CHECK(joined == std::string(60, 'q'));
    REQUIRE(parts.size() == 2);
    // A hyphen would be no text of its own, but make the first part wider than its letters; so would an ellipsis.
    CHECK(letter_width(parts[0]) == doctest::Approx(letter_width(parts[1])).epsilon(0.002));
    CHECK(letter_width(parts[0]) > 0.8);
}

TEST_CASE("marks that are piled upon a letter do not leave its place") {
    auto label = label_of("P7-1");
    label.address.clear();
    label.slot = "a";
    for (int at = 0; at < 40; ++at) label.slot += "\xCC\x81";  // combining acute
    const auto page = test::pages_of(pdf_of({label})).at(0);
    CHECK(test::ink_in(page, {4, 91, 10, 97}) > 0);
    CHECK(test::ink_in(page, {4, 60, 60, 86}) == 0);
}

TEST_CASE("a label with nothing but its number is that number; bytes that are no text do no harm") {
    Label bare;
    bare.code = "P7-1";
    CHECK(test::text_of(pdf_of({bare})) == "P7-1 ");
    auto odd = label_of("P7-1");
    odd.recipient = std::string("a\xFF\0\x01\nb", 6);
    CHECK(test::text_of(pdf_of({odd})).find("a\xEF\xBF\xBD") != std::string::npos);
}

TEST_CASE("equal labels are equal bytes, in any threads at once; the date is the caller's or none") {
    const std::vector<Label> labels{label_of("P7-1"), overfull()};
    const auto pdf = pdf_of(labels);
    std::vector<std::string> others(4);
    {
        std::vector<std::jthread> threads;
        for (auto& other : others) threads.emplace_back([&] { other = pdf_of(labels); });
    }
    for (const auto& other : others) CHECK(pdf == other);
    CHECK(test::facts_of(pdf).find("Date") == std::string::npos);

    const auto dated =
        print::labels_pdf(labels, words, LabelSize::standard, core::from_iso8601("2026-11-22T09:30:00Z"));
    CHECK(test::facts_of(dated.value()).find("2026-11-22T09:30:00Z") != std::string::npos);
}

TEST_CASE("what cannot be printed is refused, and the message says which label") {
    CHECK(print::labels_pdf({}, words).error().kind == core::ErrorKind::invalid);
    CHECK(print::labels_pdf(std::vector<Label>(1001, label_of("P7-1")), words).error().kind == core::ErrorKind::limit);
    CHECK(refusal(label_of("")).kind == core::ErrorKind::invalid);
    CHECK(refusal(label_of("Посылка")).kind == core::ErrorKind::invalid);
    CHECK(refusal(label_of("")).message.find("label 2: ") == 0);
    auto label = label_of("P7-1");
    label.qr = "Анна";
    CHECK(refusal(label).kind == core::ErrorKind::invalid);
    label = label_of("P7-1");
    label.sender = std::string(4001, 'a');
    CHECK(refusal(label).kind == core::ErrorKind::limit);
}

TEST_CASE("without fonts (run by the case below)" * doctest::skip()) {
    CHECK(print::labels_pdf({label_of("P7-1")}, words).error().kind == core::ErrorKind::unavailable);
}

TEST_CASE("a machine without fonts prints no label that says nothing") {
    const test::TempDir dir;
    std::ofstream(dir.file("fonts.conf")) << "<fontconfig/>";
    test::Process process({"/proc/self/exe", "--no-skip", "--test-case=without fonts*"},
                          {{"FONTCONFIG_FILE", dir.file("fonts.conf")}});
    CHECK_MESSAGE(process.wait() == 0, process.output());
    CHECK(process.output().find("assertions: 1 | 1 passed") != std::string::npos);
}
