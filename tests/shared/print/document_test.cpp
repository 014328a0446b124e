#include "shared/print/document.hpp"

#include <doctest/doctest.h>

#include "tests/shared/print/printed.hpp"

using namespace plus7;
using print::Document;

namespace {

print::Table table_of(int rows) {
    print::Table table{.columns = {{"№", 1, print::Align::right}, {"Посылка", 3}, {"Что с ней", 5}, {"Сумма", 2}}};
    table.columns.back().align = print::Align::right;
    for (int at = 1; at <= rows; ++at)
        table.rows.push_back({std::to_string(at), "P7-" + std::to_string(1000 + at),
                              "коробка помята с одного угла, плёнка цела, получатель предупреждён", "1 500 ₽"});
    table.totals = {{"", "Итого", "", std::to_string(rows) + " шт."}};
    return table;
}

Document act(int rows) {
    return {
        .title = "Акт расхождений № 17",
        .subtitle = {"Склад «Северный», Архангельск", "28 ноября 2026, 09:30"},
        .blocks = {print::Heading{"Что принято"}, print::Values{{{"Отправитель", "Магазин «Рыбка»"}, {"Мест", "3"}}},
                   print::Paragraph{.text = "Пересчитано при водителе.\nЗамечаний к пломбе нет."}, table_of(rows),
                   print::Signatures{{{"Сдал", "Орлова М. П."}, {"Принял", "Ким С. В."}}},
                   print::QrCode{std::string(64, 'A'), "SHA-256 файла"}},
        .footer = "+7 Доставки · Акт № 17"};
}

std::string pdf_of(const Document& document) { return print::document_pdf(document).value(); }

int times(const std::string& text, const std::string& part) {
    int count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

}  // namespace

TEST_CASE("a document of one page says all that it was given, in order, and its code can be read") {
    const auto pdf = pdf_of(act(3));
    const auto text = test::text_of(pdf);
    std::size_t last = 0;
    for (const char* part : {"Акт расхождений № 17", "Склад «Северный», Архангельск", "28 ноября", "Что принято",
                             "Магазин «Рыбка»", "Пересчитано при водителе.", "Замечаний к пломбе нет.", "Посылка",
                             "P7-1001", "P7-1003", "Итого", "Сдал", "SHA-256 файла", "+7 Доставки", "1 / 1"}) {
        const auto at = text.find(part);
        CHECK_MESSAGE(at != std::string::npos, part << " is not in: " << text);
        CHECK_MESSAGE(at >= last, part << " comes too early in: " << text);
        last = at;
    }
    const auto pages = test::pages_of(pdf);
    REQUIRE(pages.size() == 1);
    CHECK(test::codes_of(pages[0]) == std::set<std::string>{"QR-Code:" + std::string(64, 'A')});
    CHECK(test::facts_of(pdf).find("Акт расхождений № 17") != std::string::npos);
    CHECK(test::facts_of(pdf).find("(A4)") != std::string::npos);
}

TEST_CASE("a long table goes over pages: each has the head, the footer and its number, and no row is lost or parted") {
    const auto pdf = pdf_of(act(120));
    const auto pages = test::words_of(pdf);
    REQUIRE(pages.size() > 2);
    const auto text = test::text_of(pdf);
    CHECK(times(text, "Посылка") == static_cast<int>(pages.size()));
    CHECK(times(text, "Акт № 17") == static_cast<int>(pages.size()));
    CHECK(text.find("2 / " + std::to_string(pages.size())) != std::string::npos);
    for (int at = 1; at <= 120; ++at) CHECK(times(text, "P7-" + std::to_string(1000 + at)) == 1);
    for (const auto& page : pages) {
        int first_words = 0, last_words = 0;
        for (const auto& word : page) {
            first_words += word.text == "коробка";
            last_words += word.text == "предупреждён";
            CHECK_MESSAGE((word.left >= 19.5 && word.right <= 195.5 && word.bottom < 290), word.text);
        }
        CHECK(first_words == last_words);
    }
}

TEST_CASE("a cell that is longer than a page is continued on the next one, and nothing of it is lost") {
    Document document{.title = "T"};
    std::string text;
    for (int at = 1; at <= 900; ++at) text += "слово" + std::to_string(at) + " ";
    document.blocks = {print::Table{.columns = {{"a", 1}, {"b", 2}}, .rows = {{"раз", text}, {"два", "последняя"}}},
                       print::Paragraph{.text = text}};
    const auto pdf = pdf_of(document);
    const auto printed = test::text_of(pdf);
    CHECK(test::words_of(pdf).size() > 2);
    for (const int at : {1, 450, 899, 900}) CHECK(times(printed, "слово" + std::to_string(at) + " ") == 2);
    CHECK(printed.find("слово900") < printed.find("последняя"));
}

TEST_CASE("a word wider than its column is broken, bytes that are no text are replaced, an empty cell is nothing") {
    Document document{.title = "T\x01\xFF"};
    document.blocks = {
        print::Table{.columns = {{"", 1}, {"", 9}, {"", 1}}, .rows = {{std::string(40, 'q'), "", "\xFF"}, {}}}};
    const auto printed = test::text_of(pdf_of(document));
    CHECK(times(printed, "q") == 40);
    CHECK(times(printed, "\xEF\xBF\xBD") == 3);  // the title, the same in the footer, the cell
}

TEST_CASE("a heading and the head of a table stay with what follows, signatures stay whole") {
    for (int rows = 20; rows < 45; ++rows) {
        Document document = act(rows);
        document.blocks.insert(document.blocks.end(), {print::Heading{"Раздел"}, table_of(1)});
        const auto pages = test::words_of(pdf_of(document));
        for (const auto& page : pages) {
            int heads = 0, signs = 0;
            for (const auto& word : page) {
                heads += word.text == "Раздел" ? 1 : word.text == "P7-1001" ? 2 : 0;
                signs += word.text == "Сдал" || word.text == "Орлова" ? 1 : 0;
            }
            CHECK((heads == 0 || heads == 2 || heads == 3 || heads == 5));
            CHECK((signs == 0 || signs == 2));
        }
    }
}

TEST_CASE("equal documents are equal bytes, and only a date that was given is written") {
    auto document = act(60);
    CHECK(pdf_of(document) == pdf_of(document));
    CHECK(test::facts_of(pdf_of(document)).find("CreationDate") == std::string::npos);
    document.created = core::time_ms(1764318600000);
    CHECK(pdf_of(document) == pdf_of(document));
    CHECK(test::facts_of(pdf_of(document)).find("2025-11-28T08:30:00") != std::string::npos);
}

TEST_CASE("what cannot be printed is refused") {
    const auto refused = [](print::Block block) {
        return print::document_pdf({.title = "T", .blocks = {std::move(block)}}).error().kind;
    };
    CHECK(print::document_pdf({}).error().kind == core::ErrorKind::invalid);
    CHECK(refused(print::Table{}) == core::ErrorKind::invalid);
    CHECK(refused(print::Table{.columns = {{"a"}}, .rows = {{"1", "2"}}}) == core::ErrorKind::invalid);
    CHECK(refused(print::QrCode{"я", ""}) == core::ErrorKind::invalid);
    CHECK(refused(print::Paragraph{.text = std::string(70000, 'a')}) == core::ErrorKind::limit);
    print::Table endless{.columns = {{"a"}}};
    endless.rows.assign(40000, {"x"});
    CHECK(refused(endless) == core::ErrorKind::limit);
}
