// Evidence items as nanopublications: an assertion with its provenance and publication info.
//
// Format: nanopub.net guidelines in TriG (W3C 2014). The IRIs are of this store (urn:thaw:), for
// nothing here is published at an address.
#include <fmt/format.h>

#include "evidence/records_json.h"
#include "exchange/export.h"

namespace thaw::exchange {
namespace {

using evidence::Item;

/// Percent-encoded but for letters, digits and - . _ ~ :
std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~' || c == ':';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::string iri(std::string_view kind, std::string_view id) {
  return fmt::format("<urn:thaw:{}:{}>", kind, encoded(id));
}

std::string literal(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\u{:04X}", byte);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string assertion(const Item& item) {
  std::string out = fmt::format(
      "{} {{\n  {} a rdf:Statement ; rdf:subject {} ; rdf:predicate {} ; rdf:object {} ;\n"
      "    thaw:sign {} ; thaw:causal {} ; thaw:direction {}",
      iri("assertion", item.id), iri("claim", item.id), iri("concept", item.subject),
      iri("relation", item.relation), iri("concept", item.object),
      literal(evidence::to_string(item.sign)), item.causal ? "true" : "false",
      literal(evidence::to_string(item.direction)));
  for (const auto& [name, value] : item.qualifiers) {
    out += fmt::format(" ;\n    thaw:qualifier {}", literal(name + "=" + value));
  }
  return out + " .\n}\n";
}

std::string provenance(const evidence::Knowledge& known, const Item& item) {
  const auto& source = *known.find_source(item.source);
  std::string out = fmt::format(
      "{} {{\n  {} prov:wasDerivedFrom {} ; prov:wasAttributedTo {} ;\n    thaw:studyKind {}",
      iri("provenance", item.id), iri("assertion", item.id), iri("source", item.source),
      iri("reader", item.extractor), literal(item.study_kind));
  if (!item.quote.empty()) {
    out += fmt::format(" ;\n    prov:value {} ; thaw:quoteCheck {}", literal(item.quote),
                       literal(item.quote_check));
  }
  if (item.effect && !item.effect->printed.empty()) {
    out += fmt::format(" ;\n    thaw:effectPrinted {}", literal(item.effect->printed));
  }
  out += fmt::format(" .\n  {} dcterms:bibliographicCitation {}", iri("source", item.source),
                     literal(source.citation));
  if (!source.url.empty()) {
    out += fmt::format(" ; dcterms:identifier {}", literal(source.url));
  }
  if (source.status != evidence::SourceStatus::kOk) {
    out += fmt::format(" ; thaw:status {}", literal(evidence::to_string(source.status)));
  }
  return out + " .\n}\n";
}

}  // namespace

Result<Done> write_trig(const evidence::Weigher& weigher, const Out& out) {
  const auto& known = weigher.knowledge();
  THAW_CHECK(
      out("@prefix np: <http://www.nanopub.org/nschema#> .\n"
          "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
          "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
          "@prefix prov: <http://www.w3.org/ns/prov#> .\n"
          "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
          "@prefix thaw: <urn:thaw:term:> .\n\n"));
  for (const auto& c : known.concepts()) {
    THAW_CHECK(out(fmt::format("{} rdfs:label {}@en, {}@zh .\n", iri("concept", c.id),
                               literal(c.name.en), literal(c.name.zh))));
  }
  for (const Item& item : known.items()) {
    if (item.synthetic) {
      continue;
    }
    THAW_CHECK(out(fmt::format(
        "\n{} {{\n  {} a np:Nanopublication ; np:hasAssertion {} ; np:hasProvenance {} ;\n"
        "    np:hasPublicationInfo {} .\n}}\n",
        iri("head", item.id), iri("nanopub", item.id), iri("assertion", item.id),
        iri("provenance", item.id), iri("pubinfo", item.id))));
    THAW_CHECK(out(assertion(item)));
    THAW_CHECK(out(provenance(known, item)));
    THAW_CHECK(out(fmt::format("{} {{\n  {} dcterms:creator <urn:thaw:program> .\n}}\n",
                               iri("pubinfo", item.id), iri("nanopub", item.id))));
  }
  return Done{};
}

}  // namespace thaw::exchange
