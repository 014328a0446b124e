#include "central/api/registry_words.hpp"

#include <algorithm>
#include <array>

#include "central/app/registries/columns.hpp"

namespace plus7::central::api {
namespace {

struct Words {
    std::string_view code, russian, english;  // "{}": what the fault is about
};

constexpr std::array<Words, 16> words{{
    {"required", "не заполнено", "is missing"},
    {"too_long", "слишком длинно", "is too long"},
    {"malformed", "не читается", "cannot be read"},
    {"out_of_range", "вне допустимых значений", "is out of range"},
    {"wrong", "конец раньше начала", "the end is before the beginning"},
    {"shortened", "таблица сократила число: задайте столбцу формат «текст»",
     "the spreadsheet has shortened the number: make the column text"},
    {"differs", "не совпадает со строкой {} того же заказа", "differs from line {} of the same order"},
    {"duplicate", "повторяет строку {}", "is that of line {}"},
    {"other_line", "строка {} того же заказа неверна", "line {} of the same order is wrong"},
    {"too_many", "в заказе больше {} мест", "the order has more than {} parcels"},
    {"order_over", "заказ {} уже завершён и не меняется", "order {} is over and cannot change"},
    {"on_the_way", "заказ {} уже в пути, место к нему не добавить", "order {} is on its way, a parcel cannot join it"},
    {"fewer_parcels", "в заказе {} больше мест, чем строк в файле",
     "order {} has more parcels than the file has lines"},
    {"in_hands", "место заказа {} уже у нас с другим штрихкодом",
     "the parcel of order {} is in our hands with another barcode"},
    {"taken", "такой штрихкод у заказа {}", "is a barcode of order {}"},
    {"full", "в этом интервале больше нет мест", "the slot has no place left"},
}};

std::string_view head_of(const std::string& field, std::string_view lang) {
    const auto heads = app::registries::heads();
    const auto found = std::find_if(heads.begin(), heads.end(), [&](const auto& head) { return head.name == field; });
    if (found == heads.end()) return field;
    return lang == "en" ? found->english : found->russian;
}

}  // namespace

std::string reason_of(const store::ImportFault& fault, std::string_view lang) {
    const auto found =
        std::find_if(words.begin(), words.end(), [&](const Words& one) { return one.code == fault.code; });
    std::string text(found == words.end() ? std::string_view(fault.code)
                     : lang == "en"       ? found->english
                                          : found->russian);
    if (const auto at = text.find("{}"); at != text.npos) text.replace(at, 2, fault.about);
    if (fault.field.empty()) return text;
    return std::string(head_of(fault.field, lang)) + ": " + text;
}

std::string reason_of(const std::vector<store::ImportFault>& faults, std::string_view lang) {
    std::string text;
    for (const auto& fault : faults) text += (text.empty() ? "" : "; ") + reason_of(fault, lang);
    return text;
}

std::string_view reason_head(std::string_view lang) { return lang == "en" ? "Reason" : "Причина"; }

}  // namespace plus7::central::api
