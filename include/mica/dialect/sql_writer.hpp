// SPDX-License-Identifier: BSL-1.0
// SQL text as a constant: a render function runs twice in constant evaluation, once to measure and once to write.
#pragma once

#include <mica/dialect/literal.hpp>
#include <mica/dialect/sqlite.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace mica {

class SqlWriter;
using RenderFunction = void (*)(SqlWriter&);

/// A step in writing what is known of a statement only at run time: the beginning of a part, behind which its pieces
/// follow, or one of those, a text or what an expression renders. That may have parts too: they come next.
struct Fragment {
    RenderFunction render = nullptr;
    std::string_view text{};
    std::uint32_t pieces = 0;
    bool is_there = true;
};

/// Receives SQL text in one dialect. Nodes say what they mean, the dialect says how it is spelled.
class SqlWriter : public TextWriter {
public:
    constexpr explicit SqlWriter(const Dialect& dialect = dialect::sqlite) : dialect_(&dialect) {}
    constexpr explicit SqlWriter(char* out, const Dialect& dialect = dialect::sqlite)
        : TextWriter(out), dialect_(&dialect) {}

    constexpr const Dialect& dialect() const noexcept { return *dialect_; }
    constexpr int parameters() const noexcept { return parameters_; }

    /// Says that what is being written is not in every database.
    constexpr void need(Feature feature) { needs_ = needs_ | feature; }
    constexpr Feature needs() const noexcept { return needs_; }

    /// Any name, reserved words and quotes included (https://www.sqlite.org/lang_keywords.html).
    constexpr void identifier(std::string_view name) { quoted(name, dialect_->open_quote, dialect_->close_quote); }

    /// A name put together from parts.
    constexpr void begin_identifier() { put(dialect_->open_quote); }
    constexpr void identifier_part(std::string_view part) { escaped(part, dialect_->close_quote); }
    constexpr void end_identifier() { put(dialect_->close_quote); }

    /// From here on writes these values, in their order, where parameters would stand: for DDL.
    constexpr void write_values(const Literal* literals) {
        literals_ = literals;
        write_literal_ = [](SqlWriter& writer, const Literal& value) { writer.literal(value); };
    }
    /// Whether it writes DDL, which has its values in the text.
    constexpr bool writes_values() const { return literals_ != nullptr; }
    constexpr void literal(const Literal& value) { LiteralWriter{*this, *dialect_}.write(value); }

    /// The next bound value, `?1` first; in DDL the next literal.
    [[gnu::noinline]] constexpr void parameter() {
        if (literals_ != nullptr) return write_literal_(*this, *literals_++);
        text(dialect_->parameter);
        number(++parameters_);
    }

    constexpr void boolean(bool value) { text(dialect_->boolean(value)); }
    constexpr void type(StorageClass storage) { text(dialect_->column_type(storage)); }
    /// A word that databases call differently.
    constexpr void word(std::string_view word) { text(dialect_->spelling(word)); }

    /// A list that is bound as the next parameter, as a source of rows: the first of a statement's FROM is 0.
    constexpr void list_source(std::size_t list) {
        text(dialect_->list.call.before);
        parameter();
        text(dialect_->list.call.after);
        list_name(list);
        text(dialect_->list.columns);
    }
    /// A value of such a list.
    constexpr void list_value(std::size_t list) { list_column(list, dialect_->list.value); }
    /// Its place in the list: those of several lists that stand side by side are equal.
    constexpr void list_position(std::size_t list) { list_column(list, dialect_->list.position); }

    /// From here on takes these steps, in their order, where a statement has a part that is known only at run time.
    constexpr void use_fragments(const Fragment* fragments) { fragments_ = fragments; }

    /// Writes the next such part; false where it is not there. Without steps all of them are there, and empty.
    [[gnu::noinline]] constexpr bool fragment() {
        if (fragments_ == nullptr) return true;
        const Fragment& part = *fragments_++;
        for (std::uint32_t i = 0; i < part.pieces; ++i) {
            const Fragment& piece = *fragments_++;
            if (piece.render != nullptr) {
                piece.render(*this);
            } else {
                text(piece.text);
            }
        }
        return part.is_there;
    }

    /// Columns stand as `"table"."column"`, except where SQL wants them bare: in DDL and left of `=` in SET.
    bool qualify_columns = true;

private:
    constexpr void list_name(std::size_t list) {
        put('v');
        number(static_cast<std::int64_t>(list));
    }
    constexpr void list_column(std::size_t list, std::string_view column) {
        list_name(list);
        put('.');
        text(column);
    }

    const Dialect* dialect_;
    const Literal* literals_ = nullptr;
    /// By pointer: a program that writes no DDL at run time does not compile how literals are written.
    void (*write_literal_)(SqlWriter&, const Literal&) = nullptr;
    const Fragment* fragments_ = nullptr;
    int parameters_ = 0;
    Feature needs_ = Feature::none;
};

struct TextShape {
    std::size_t size = 0;
    int parameters = 0;
    Feature needs = Feature::none;
};

/// SQL text of known length, terminated by NUL.
template <std::size_t Size>
struct SqlText {
    char data[Size + 1]{};
    constexpr std::string_view view() const noexcept { return {data, data + Size}; }
};

constexpr TextShape measure(RenderFunction render, const Dialect& dialect = dialect::sqlite) {
    SqlWriter writer{dialect};
    render(writer);
    return {writer.size(), writer.parameters(), writer.needs()};
}

template <std::size_t Size>
constexpr SqlText<Size> write(RenderFunction render, const Dialect& dialect = dialect::sqlite) {
    SqlText<Size> text;
    SqlWriter writer{text.data, dialect};
    render(writer);
    return text;
}

namespace detail {

/// What a function without parameters writes for SQLite. Constant evaluation copies a text for a part of what it takes
/// to write it again.
template <RenderFunction render>
inline constexpr auto sqlite_text = mica::write<measure(render).size>(render);

[[gnu::noinline]] inline std::string make_text(const Dialect& dialect, void (*write)(SqlWriter&, const void*),
                                               const void* context) {
    SqlWriter measuring{dialect};
    write(measuring, context);
    std::string text(measuring.size(), ' ');
    SqlWriter writing{text.data(), dialect};
    write(writing, context);
    return text;
}

}  // namespace detail

/// Text that is made at run time by what writes it.
template <class Write>
std::string make_text(const Dialect& dialect, const Write& write) {
    return detail::make_text(
        dialect, [](SqlWriter& writer, const void* context) { (*static_cast<const Write*>(context))(writer); }, &write);
}

}  // namespace mica
