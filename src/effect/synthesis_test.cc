#include "effect/synthesis.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cmath>
#include <cstdlib>

#include "effect/synthesis_json.h"
#include "table/csv.h"

namespace thaw::effect {
namespace {

namespace json = boost::json;

constexpr std::string_view kTable =
    "study,y,v,x,site,a,b,c,d\n"
    "A,-0.5,0.04,1,n,5,45,10,40\n"
    "B,-0.2,0.09,2,n,8,42,9,41\n"
    "C,-0.9,0.05,3,s,3,57,9,51\n"
    "D,0.1,0.02,4,s,20,80,18,82\n"
    "E,-0.4,0.08,NA,s,7,33,10,30\n";

Table table_of(std::string_view csv) {
  return read_csv(csv, "test").value();
}

SynthesisRequest plain() {
  SynthesisRequest request;
  request.effect = "y";
  request.variance = "v";
  request.label = "study";
  return request;
}

std::string refusal(std::string_view csv, const SynthesisRequest& request) {
  const auto s = synthesize(table_of(csv), request);
  return s ? std::string() : s.error().message;
}

TEST(Synthesis, PoolsATableAndSaysHowFarStudiesDiffer) {
  const Synthesis s = synthesize(table_of(kTable), plain()).value();
  EXPECT_EQ(s.studies.size(), 5U);
  EXPECT_EQ(s.studies[2].label, "C");
  EXPECT_FALSE(s.reading.en.empty());
  const json::object document = synthesis_json(s);
  EXPECT_NEAR(document.at("estimate").as_double(), s.fit.coef[0], 1e-15);
  EXPECT_EQ(document.at("studies").as_array().size(), 5U);
  EXPECT_FALSE(document.contains("ratio"));
  EXPECT_NE(synthesis_text(s, "zh").find("合并"), std::string::npos);
}

TEST(Synthesis, LeavesOutAndNamesRowsWithoutAModerator) {
  SynthesisRequest request = plain();
  request.moderators = "x + factor(site)";
  const Synthesis s = synthesize(table_of(kTable), request).value();
  EXPECT_EQ(s.studies.size(), 4U);
  ASSERT_EQ(s.excluded.size(), 1U);
  EXPECT_EQ(s.excluded[0].row, 5U);
  EXPECT_EQ(s.excluded[0].reason.en, "x is missing");
  EXPECT_EQ(s.terms, (std::vector<std::string>{"1", "x", "site=s"}));
}

TEST(Synthesis, ReadsCountsAndStandardErrors) {
  SynthesisRequest request;
  request.counts = {"a", "b", "c", "d"};
  request.count_measure = stats::CountMeasure::kLogRiskRatio;
  const Synthesis counts = synthesize(table_of(kTable), request).value();
  EXPECT_TRUE(counts.ratio());
  EXPECT_NEAR(counts.studies[0].y, std::log(0.5), 1e-12);
  EXPECT_TRUE(counts.pooled_counts);
  const std::string with_se = "y,s\n1,0.5\n2,0.25\n";
  SynthesisRequest errors;
  errors.effect = "y";
  errors.se = "s";
  EXPECT_NEAR(synthesize(table_of(with_se), errors)->studies[1].v, 0.0625, 1e-15);
}

TEST(Synthesis, TheOrderOfRowsAndColumnsChangesNothing) {
  const std::string turned =
      "v,study,y\n0.08,E,-0.4\n0.02,D,0.1\n0.05,C,-0.9\n0.09,B,-0.2\n0.04,A,-0.5\n";
  const Synthesis s = synthesize(table_of(kTable), plain()).value();
  const Synthesis t = synthesize(table_of(turned), plain()).value();
  EXPECT_EQ(s.mean.value, t.mean.value);
  EXPECT_EQ(s.mean.new_low, t.mean.new_low);
  EXPECT_EQ(s.data_hash, t.data_hash);
  EXPECT_EQ(s.reading.en, t.reading.en);
}

TEST(Synthesis, RefusesBadInputInWords) {
  EXPECT_NE(refusal("y,v\n1,0.1\n2,0\n", plain()).find("row 2: v is 0"), std::string::npos);
  EXPECT_NE(refusal("y,v,study\n1,0.1,a\n2,-1,b\n", plain()).find("row 2"), std::string::npos);
  EXPECT_NE(refusal("y,v,study\n1,0.1,a\n", plain()).find("at least two"), std::string::npos);
  EXPECT_NE(refusal("y,w\n1,0.1\n", plain()).find("v"), std::string::npos);
  SynthesisRequest twice = plain();
  twice.moderators = "x + z";
  EXPECT_NE(refusal("study,y,v,x,z\na,1,.1,1,2\nb,2,.1,2,4\nc,1,.2,3,6\nd,0,.1,5,10\n", twice)
                .find("moderator z"),
            std::string::npos);
  SynthesisRequest none;
  EXPECT_NE(refusal("y,v\n1,1\n2,1\n", none).find("name the column"), std::string::npos);
  SynthesisRequest clustered = plain();
  clustered.cluster = "study";
  EXPECT_NE(refusal(kTable, clustered).find("cannot be told apart"), std::string::npos);
  clustered.cluster = "site";
  clustered.method = stats::Tau2Method::kDl;
  EXPECT_NE(refusal(kTable, clustered).find("reml or ml"), std::string::npos);
}

TEST(Synthesis, SaysWhatTheCommonEffectHides) {
  SynthesisRequest request = plain();
  request.method = stats::Tau2Method::kFe;
  const Synthesis s = synthesize(table_of(kTable), request).value();
  ASSERT_FALSE(s.warnings.empty());
  EXPECT_NE(s.warnings[0].en.find("too narrow"), std::string::npos);
  EXPECT_TRUE(synthesis_json(s).at("prediction").is_null());
}

TEST(Synthesis, PoolsClusters) {
  SynthesisRequest request = plain();
  request.cluster = "site";
  const Synthesis s = synthesize(table_of(kTable), request).value();
  ASSERT_TRUE(s.multilevel);
  EXPECT_EQ(s.multilevel->clusters, 2U);
  const json::object document = synthesis_json(s);
  EXPECT_TRUE(document.at("tau2").is_null());
  EXPECT_EQ(document.at("multilevel").at("units").as_uint64(), 5U);
}

TEST(Synthesis, WritesAScriptForR) {
  SynthesisRequest request = plain();
  request.moderators = "x";
  request.knapp_hartung = true;
  const std::string script = meta_r_script(synthesize(table_of(kTable), request).value());
  EXPECT_NE(script.find("mods = ~ x1"), std::string::npos);
  EXPECT_NE(script.find("test = \"knha\""), std::string::npos);
  EXPECT_NE(script.find("yi = c(-0.5, -0.2, -0.9, 0.1)"), std::string::npos);
}

TEST(Synthesis, GivesNoIntervalOfStudiesThatAgreeExactly) {
  SynthesisRequest request = plain();
  request.knapp_hartung = true;
  const std::string_view same = "study,y,v\nA,0.3,0.04\nB,0.3,0.09\nC,0.3,0.05\n";
  const Synthesis s = synthesize(table_of(same), request).value();
  const json::object document = synthesis_json(s);
  EXPECT_NEAR(document.at("estimate").as_double(), 0.3, 1e-12);
  for (const char* name : {"se", "ci_low", "ci_high"}) {
    EXPECT_TRUE(document.at(name).is_null()) << name;
  }
  EXPECT_TRUE(document.at("coefficients").at(0).at("p").is_null());
  EXPECT_NE(json::serialize(document).find("cannot be told"), std::string::npos);
  for (const std::string lang : {"en", "zh"}) {
    EXPECT_EQ(synthesis_text(s, lang).find("nan"), std::string::npos) << synthesis_text(s, lang);
  }
  // Held at 1 or above, the factor leaves the plain standard error and Student's quantile.
  request.widen_only = true;
  const Synthesis careful = synthesize(table_of(same), request).value();
  const Synthesis without = synthesize(table_of(same), plain()).value();
  EXPECT_DOUBLE_EQ(careful.fit.scale, 1);
  EXPECT_NEAR(careful.mean.se, without.mean.se, 1e-12);
  EXPECT_LT(careful.mean.low, without.mean.low);
}

TEST(Synthesis, WithholdsIntervalsOfAFitThatDidNotConverge) {
  Synthesis s = synthesize(table_of(kTable), plain()).value();
  s.fit.tau2.converged = false;
  describe_synthesis(s);
  const json::object document = synthesis_json(s);
  EXPECT_TRUE(document.at("ci_low").is_null());
  EXPECT_TRUE(document.at("prediction").at("high").is_null());
  EXPECT_TRUE(document.at("coefficients").at(0).at("p").is_null());
  EXPECT_TRUE(document.at("coefficients").at(0).at("ci_high").is_null());
  EXPECT_NE(s.reading.en.find("no answer"), std::string::npos);
  EXPECT_EQ(synthesis_text(s, "en").find("nan"), std::string::npos);
}

}  // namespace
}  // namespace thaw::effect
