#include "central/app/registries/columns.hpp"

#include <algorithm>

#include "shared/text/csv.hpp"
#include "shared/text/fold.hpp"

namespace plus7::central::app::registries {
namespace {

using enum Column;

struct Heads {
    Column column;
    std::string_view name;
    std::string_view heads;  // "|"-separated, the template's Russian and English one first
    bool in_template = true;
};

// THE table of the names by which a column is known; read with case, ё and punctuation left out.
// clang-format off
constexpr std::array<Heads, column_count> table{{
    {outer_ref, "outer_ref", "Номер заказа|Order number|номер|заказ|номер отправления|отправление|внешний номер|outer number|outer ref|order|number|posting number"},
    {recipient, "recipient", "Получатель|Recipient|фио|фио получателя|имя|имя получателя|клиент|name|recipient name|customer"},
    {phone,     "phone",     "Телефон|Phone|телефон получателя|тел|мобильный|phone number|recipient phone|mobile"},
    {address,   "address",   "Адрес|Address|адрес доставки|адрес получателя|delivery address"},
    {entrance,  "entrance",  "Подъезд|Entrance"},
    {floor,     "floor",     "Этаж|Floor"},
    {intercom,  "intercom",  "Домофон|Intercom|код домофона|door code"},
    {comment,   "comment",   "Комментарий|Comment|примечание|note|notes|comments"},
    {lat,       "lat",       "Широта|Latitude|lat"},
    {lon,       "lon",       "Долгота|Longitude|lon|lng"},
    {slot_from, "slot_from", "Доставить с|Deliver from|интервал с|время с|доставка с|slot from|from"},
    {slot_to,   "slot_to",   "Доставить до|Deliver until|интервал до|время до|доставка до|slot to|deliver to|until|to"},
    {due,       "due",       "К оплате|Due|сумма|сумма к оплате|наложенный платеж|due sum|amount|cash on delivery|cod"},
    {currency,  "currency",  "Валюта|Currency"},
    {proof,     "proof",     "Подтверждение|Proof|подтверждение вручения|proof of delivery"},
    {barcode,   "barcode",   "Штрихкод|Barcode|штрих код|шк|код места|code|parcel barcode"},
    {what,      "what",      "Содержимое|Contents|вложение|товар|описание|content|goods|description"},
    {weight_g,  "weight_g",  "Вес, г|Weight, g|вес|вес в граммах|вес гр|weight|weight g|weight grams"},
    {weight_kg, "weight_kg", "Вес, кг|Weight, kg|вес в килограммах|weight kg", false},
}};
// What our own file of rejected lines adds.
constexpr std::string_view own_heads = "|причина|reason|строка|line|";
// clang-format on

bool is_mark(char c) {
    return static_cast<unsigned char>(c) < 0x80 && std::ispunct(static_cast<unsigned char>(c)) != 0;
}

std::string bare(std::string_view head) {
    std::string plain(head);
    std::replace_if(plain.begin(), plain.end(), is_mark, ' ');
    return text::fold(plain);
}

// Spreadsheets are fond of the blank that does not break (U+00A0).
std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n", hard = "\u00A0";
    for (;;) {
        const auto before = text.size();
        if (!text.empty() && blanks.find(text.front()) != blanks.npos) text.remove_prefix(1);
        if (!text.empty() && blanks.find(text.back()) != blanks.npos) text.remove_suffix(1);
        if (text.starts_with(hard)) text.remove_prefix(hard.size());
        if (text.ends_with(hard)) text.remove_suffix(hard.size());
        if (text.size() == before) return text;
    }
}

std::vector<std::string_view> parts_of(std::string_view heads) {
    std::vector<std::string_view> parts;
    for (std::size_t from = 0; from <= heads.size();) {
        const auto end = std::min(heads.find('|', from), heads.size());
        parts.push_back(heads.substr(from, end - from));
        from = end + 1;
    }
    return parts;
}

std::optional<Column> column_of(const std::string& bare_head) {
    for (const auto& row : table)
        for (const auto head : parts_of(row.heads))
            if (bare(head) == bare_head || bare(row.name) == bare_head) return row.column;
    return std::nullopt;
}

}  // namespace

std::string_view name_of(Column column) { return table[static_cast<std::size_t>(column)].name; }

std::vector<Head> heads() {
    std::vector<Head> all;
    for (const auto& row : table) {
        const auto known_as = parts_of(row.heads);
        all.push_back({row.name, known_as[0], known_as[1], row.in_template});
    }
    return all;
}

std::optional<std::string> Columns::cell(const std::vector<std::string>& row, Column column) const {
    const auto& place = places[static_cast<std::size_t>(column)];
    if (!place || *place >= row.size()) return std::nullopt;
    const auto typed = trimmed(row[*place]);
    if (typed.empty()) return std::nullopt;
    return std::string(text::cell_as_meant(typed));
}

Columns find_columns(const std::vector<std::string>& header) {
    Columns found;
    for (std::size_t at = 0; at < header.size(); ++at) {
        const auto head = bare(header[at]);
        if (head.empty() || own_heads.find("|" + head + "|") != own_heads.npos) continue;
        const auto column = column_of(head);
        if (!column) {
            found.ignored.push_back(header[at]);
            continue;
        }
        auto& place = found.places[static_cast<std::size_t>(*column)];
        if (place) found.twice.push_back(*column);
        place = at;
    }
    for (const auto needed : {outer_ref, recipient, address})
        if (!found.has(needed)) found.missing.push_back(needed);
    if (found.has(weight_g) && found.has(weight_kg)) found.twice.push_back(weight_g);
    return found;
}

}  // namespace plus7::central::app::registries
