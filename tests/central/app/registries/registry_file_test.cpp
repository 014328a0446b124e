// Partners' files, read and checked by themselves.
#include "central/app/registries/registry_file.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

using namespace plus7;
using namespace plus7::central::app::registries;

namespace {

constexpr const char* head = "Номер заказа;Получатель;Адрес";

FileRead read(const std::string& text) { return read_file(text, "Europe/Moscow"); }

// "field:code field:code" of a file that is refused; empty: it was read.
std::string refusal(const std::string& text) {
    std::string all;
    for (const auto& fault : read(text).faults) all += (all.empty() ? "" : " ") + fault.field + ":" + fault.code;
    return all;
}

RegistryFile file(const std::string& text) {
    auto got = read(text);
    REQUIRE(got.file);
    return std::move(*got.file);
}

std::string faults(const FileLine& line) {
    std::string all;
    for (const auto& fault : line.faults)
        all +=
            (all.empty() ? "" : " ") + fault.field + ":" + fault.code + (fault.about.empty() ? "" : ":" + fault.about);
    return all;
}

// What is wrong with the only line of a file of these columns.
std::string line_faults(const std::string& columns, const std::string& cells) {
    const auto got = file(std::string(head) + ";" + columns + "\nL-1;Ольга;ул. Садовая, 14;" + cells + "\n");
    REQUIRE(got.lines.size() == 1);
    return faults(got.lines[0]);
}

}  // namespace

TEST_CASE("every column is known by its names in Russian and English, whatever the case and the punctuation") {
    const auto russian = file(
        "ФИО получателя;НОМЕР ЗАКАЗА;адрес доставки;Тел.;Подъезд;этаж;Код домофона;Примечание;широта;долгота;"
        "Интервал с;Интервал до;Сумма к оплате;Валюта;Подтверждение;Штрих-код;Вложение;Вес, кг\n"
        "Ольга;L-1;ул. Садовая, 14;8 916 123-45-67;2;3;7К;тихо;55,82;37,61;01.12.2026 10:00;14:00;1 290,50;руб;"
        "код, фото;4600000000015;Чайник;1,2\n");
    CHECK(russian.columns.ignored.empty());
    const auto english = file(
        "recipient,outer_ref,address,phone,entrance,floor,intercom,comment,lat,lon,slot from,slot to,due,currency,"
        "proof,barcode,contents,weight_g\n"
        "Ольга,L-1,\"ул. Садовая, 14\",+79161234567,2,3,7К,тихо,55.82,37.61,2026-12-01T10:00,2026-12-01 "
        "14:00,1290.5,RUB,\"code, photo\",4600000000015,Чайник,1200\n");
    REQUIRE(russian.lines.at(0).faults.empty());
    REQUIRE(english.lines.at(0).faults.empty());
    CHECK(russian.orders.at(0).terms == english.orders.at(0).terms);
    const auto& terms = russian.orders[0].terms;
    CHECK(terms.phone == "+79161234567");
    CHECK(terms.slot->from == core::time_us(core::count(*core::from_iso8601("2026-12-01T07:00:00Z")) * 1000));
    CHECK(terms.slot->to - terms.slot->from == std::chrono::hours{4});
    CHECK(terms.due == central::store::Money{129050, "RUB"});
    CHECK(terms.proof == std::vector<std::string>{"code", "photo"});
    CHECK(russian.lines[0].parcel.weight_g == 1200);
    CHECK(english.lines[0].parcel.code == "4600000000015");
}

TEST_CASE("a file without a needed column, or with one twice, is refused with their names; others are only ignored") {
    CHECK(refusal("Номер заказа;Телефон\n1;2\n") == "file.recipient:required file.address:required");
    CHECK(refusal(std::string(head) + ";ФИО\n1;2;3;4\n") == "file.recipient:taken");
    CHECK(refusal(std::string(head) + ";Вес, г;Вес, кг\n1;2;3;4;5\n") == "file.weight_g:taken");
    const auto got = file(std::string(head) + ";Цвет;Причина\nL-1;Ольга;Садовая;красный;не читается\n");
    CHECK(got.columns.ignored == std::vector<std::string>{"Цвет"});
}

TEST_CASE("what is no table of text is refused before any work") {
    CHECK(refusal("") == "file:required");
    CHECK(refusal("\xEF\xBB\xBF\r\n \r\n") == "file:required");
    CHECK(refusal(head) == "file:too_short");
    CHECK(refusal("PK\x03\x04 and so on") == "file:malformed");
    CHECK(refusal(std::string("a\0b", 3)) == "file:malformed");
    CHECK(refusal(std::string(head) + "\nL-1;\"Ольга;Садовая\n") == "file:wrong");
    CHECK(refusal(std::string(most_bytes + 1, 'x')) == "file:out_of_range");
}

TEST_CASE("a file of more lines than the limit is refused, one at the limit is read") {
    std::string text = std::string(head) + "\n";
    for (std::size_t i = 0; i < most_lines; ++i) text += std::to_string(i) + ";Ольга;ул. Садовая, 14\n";
    CHECK(file(text).orders.size() == most_lines);
    CHECK(refusal(text + "more;Ольга;ул. Садовая, 14\n") == "file:out_of_range");
    for (std::size_t i = 0; i < 300'000; ++i) text += "x;y;z\n";
    CHECK(refusal(text) == "file:out_of_range");
}

TEST_CASE("each cell that is wrong is named with what is wrong with it") {
    CHECK(faults(file(std::string(head) + "\n;;\x20;x\n").lines.at(0)) ==
          "outer_ref:required recipient:required address:required");
    CHECK(line_faults("Телефон", "8916") == "phone:malformed");
    CHECK(line_faults("Телефон", "7,91612E+10") == "phone:shortened");
    CHECK(line_faults("Штрихкод", "4,60E+12") == "barcode:shortened");
    CHECK(line_faults("Штрихкод", "штрих") == "barcode:malformed");
    CHECK(line_faults("Широта;Долгота", "55,8;") == "lon:required");
    CHECK(line_faults("Широта;Долгота", "91;37") == "lat:out_of_range");
    CHECK(line_faults("Доставить с;Доставить до", "2026-12-01 14:00;10:00") == "slot_to:wrong");
    CHECK(line_faults("Доставить с;Доставить до", "2026-12-01 14:00;") == "slot_to:required");
    CHECK(line_faults("Доставить с;Доставить до", "завтра;14:00") == "slot_from:malformed slot_to:malformed");
    CHECK(line_faults("К оплате;Валюта", "сто;доллары") == "due:malformed currency:malformed");
    CHECK(line_faults("К оплате", "9999999999") == "due:out_of_range");
    CHECK(line_faults("Подтверждение", "поцелуй") == "proof:malformed");
    CHECK(line_faults("Вес, г", "1000001") == "weight_g:out_of_range");
    CHECK(line_faults("Этаж", std::string(21, '1')) == "floor:too_long");
    CHECK(line_faults("К оплате;Вес, г;Комментарий", "0;0;") == "");
    CHECK(faults(file(std::string(head) + "\n4,6E+12;Ольга;Садовая\n").lines[0]) == "outer_ref:shortened");
}

TEST_CASE("lines with one number are the parcels of one order, and only its first says the rest") {
    const auto got =
        file(std::string(head) +
             ";Штрихкод;Вес, г\nL-1;Ольга;Садовая;A1;1\nL-2;Пётр;Мира, 1;B1;2\nL-1;;;A2;3\nL-1;Ольга;;A3;4\n");
    REQUIRE(got.orders.size() == 2);
    CHECK(got.orders[0].lines == std::vector<std::size_t>{0, 2, 3});
    CHECK(got.orders[0].is_good);
    CHECK(got.lines[2].parcel.code == "A2");
}

TEST_CASE("one wrong line keeps the others of its order back, and no others") {
    const auto got = file(std::string(head) +
                          ";Штрихкод\nL-1;Ольга;Садовая;A1\nL-1;Пётр;;A2\nL-2;Вера;Мира, 1;A1\nL-3;Зоя;Мира, 2;C1\n");
    CHECK(faults(got.lines[0]) == ":other_line:3");
    CHECK(faults(got.lines[1]) == "recipient:differs:2");
    CHECK(faults(got.lines[2]) == "barcode:duplicate:2");
    CHECK(got.lines[3].faults.empty());
    CHECK_FALSE(got.orders[0].is_good);
    CHECK(got.orders[2].is_good);
}

TEST_CASE("lines without a number are wrong one by one, and an order has no more than fifty parcels") {
    const auto got = file(std::string(head) + "\n;Ольга;Садовая\n;Пётр;Мира, 1\n");
    CHECK(got.orders.size() == 2);
    std::string text = std::string(head) + "\n";
    for (int i = 0; i < 51; ++i) text += "L-1;Ольга;Садовая\n";
    const auto many = file(text);
    CHECK(faults(many.lines[50]) == ":too_many:50");
    CHECK(faults(many.lines[0]) == ":other_line:52");
}

TEST_CASE("blanks of every kind at the ends of cells, and line ends within them, do not count") {
    const auto got =
        file(std::string(head) + ";Комментарий\n\u00A0L-1 \u00A0;\"Ольга\r\nМельник\"; Садовая\u00A0;\u00A0\n");
    CHECK(got.orders[0].outer_ref == "L-1");
    CHECK(got.orders[0].terms.recipient == "Ольга Мельник");
    CHECK(got.orders[0].terms.address == "Садовая");
    CHECK_FALSE(got.orders[0].terms.comment);
}

TEST_CASE("a formula is a text, also when it comes back with the mark that made it harmless") {
    const auto got = file(std::string(head) + "\nL-1;=cmd|' /C calc'!A0;'+7 Садовая\n");
    CHECK(got.orders[0].terms.recipient == "=cmd|' /C calc'!A0");
    CHECK(got.orders[0].terms.address == "+7 Садовая");
}

TEST_CASE("the samples are without a fault: the partner's of the demonstration, and the templates") {
    const auto text_of = [](const std::string& path) {
        std::ifstream in(std::string(PLUS7_SOURCE_DIR) + path, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    const auto sample = file(text_of("/tests/data/registries/knizhny-dvor.csv"));
    CHECK(sample.lines.size() == 60);
    CHECK(sample.orders.size() == 54);
    for (const auto& order : sample.orders) {
        CHECK(order.is_good);
        const auto& where = *order.terms.where;  // within the demonstration's map
        CHECK((where.lat > 55.8053 && where.lat < 55.8244 && where.lon > 37.5827 && where.lon < 37.6269));
    }
    for (const auto* lang : {"ru", "en"}) {
        const auto form = file(text_of("/central/api/pages/registry_" + std::string(lang) + ".csv"));
        CHECK(form.orders.size() == 2);
        CHECK(form.columns.ignored.empty());
        std::vector<std::string> wanted;
        for (const auto& one : heads())
            if (one.in_template) wanted.emplace_back(lang == std::string("ru") ? one.russian : one.english);
        CHECK(form.header == wanted);
        for (const auto& line : form.lines) CHECK(faults(line).empty());
    }
}
