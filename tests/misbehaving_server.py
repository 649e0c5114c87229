"""Small servers of this machine that speak like PubMed, ClinicalTrials.gov and a model's endpoint.

They also misbehave as told: `faults` is a list of words, one used up a request before it is answered
rightly: "429", "500", "cut" (fewer bytes than announced), "slow" (a byte at a time), "rubbish",
"hang_up".
"""
import http.server
import json
import threading
import time
import urllib.parse


class Misbehaving:
    """A server whose right answers come from answer(method, path, query, body) -> (type, bytes)."""

    def __init__(self, answer, faults=(), always=None):
        outer = self
        self.answer, self.faults, self.always = answer, list(faults), always
        self.requests, self.lock = [], threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                self.serve("GET", b"")

            def do_POST(self):
                self.serve("POST", self.rfile.read(int(self.headers.get("Content-Length", 0))))

            def serve(self, method, body):
                url = urllib.parse.urlsplit(self.path)
                query = dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))
                with outer.lock:
                    outer.requests.append({"method": method, "path": url.path, "query": query,
                                           "body": body, "headers": dict(self.headers),
                                           "at": time.monotonic()})
                    fault = outer.faults.pop(0) if outer.faults else outer.always
                self.close_connection = True
                if fault == "hang_up":
                    return
                if fault in ("429", "500", "503"):
                    return self.reply(int(fault), "text/plain", b"not now",
                                      {"Retry-After": "0"} if fault == "429" else {})
                kind, answer = outer.answer(method, url.path, query, body)
                if kind is None:
                    return self.reply(404, "text/plain", b"no such thing")
                if fault == "rubbish":
                    answer = b"<html>sorry"
                if fault == "cut":
                    return self.reply(200, kind, answer[:len(answer) // 2], {}, len(answer))
                self.reply(200, kind, answer, slow=fault == "slow")

            def reply(self, status, kind, body, more=(), length=None, slow=False):
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body) if length is None else length))
                self.send_header("Connection", "close")
                for name, value in dict(more).items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    for at in range(0, len(body), 500 if slow else max(1, len(body))):
                        self.wfile.write(body[at:at + (500 if slow else len(body))])
                        if slow:
                            time.sleep(0.002)
                except OSError:
                    pass  # The client was killed.

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def pubmed(count):
    """Answers of esearch and efetch for a query that finds `count` made-up articles."""
    def article(number):
        return (f"<PubmedArticle><MedlineCitation><PMID>{number}</PMID><Article><Journal>"
                f"<JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue></Journal>"
                f"<ArticleTitle>Made up {number}</ArticleTitle><Abstract><AbstractText>Riluzole "
                f"extended survival, says paper {number}.</AbstractText></Abstract></Article>"
                f"</MedlineCitation></PubmedArticle>")

    def answer(method, path, query, body):
        if path.endswith("/esearch.fcgi"):
            if query["term"] == "(((":
                return "application/json", json.dumps(
                    {"esearchresult": {"ERROR": "Invalid query"}}).encode()
            return "application/json", json.dumps({"esearchresult": {
                "count": str(count), "webenv": "MCID_1", "querykey": "1", "idlist": []}}).encode()
        if path.endswith("/efetch.fcgi"):
            start, size = int(query["retstart"]), int(query["retmax"])
            articles = "".join(article(n + 1) for n in range(start, min(start + size, count)))
            return "text/xml", ("<?xml version='1.0'?><PubmedArticleSet>" + articles +
                                "</PubmedArticleSet>\n").encode()
        return None, b""
    return answer


def trials(count):
    """Answers of the studies list of ClinicalTrials.gov for a query that finds `count`."""
    def study(number):
        analysis = {"paramType": "Mean Difference (Final Values)", "paramValue": "2.3",
                    "ciPctValue": "95", "ciLowerLimit": "0.1", "ciUpperLimit": "4.5",
                    "pValue": "0.03", "statisticalMethod": "ANCOVA"}
        return {"protocolSection": {
            "identificationModule": {"nctId": f"NCT{number:08d}", "briefTitle": f"Study {number}"},
            "statusModule": {"overallStatus": "COMPLETED",
                             "studyFirstPostDateStruct": {"date": "2015-02-03"},
                             "resultsFirstPostDateStruct": {"date": "2019-04-05"}},
            "descriptionModule": {"briefSummary": "To see whether it helps."},
            "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE2"],
                             "enrollmentInfo": {"count": 100, "type": "ACTUAL"}}},
            "resultsSection": {"outcomeMeasuresModule": {"outcomeMeasures": [
                {"type": "PRIMARY", "title": "ALSFRS-R", "timeFrame": "24 weeks",
                 "analyses": [analysis]}]}}}

    def answer(method, path, query, body):
        if path != "/api/v2/studies":
            return None, b""
        start, size = int(query.get("pageToken", "0") or 0), int(query["pageSize"])
        page = {"totalCount": count,
                "studies": [study(n + 1) for n in range(start, min(start + size, count))]}
        if start + size < count:
            page["nextPageToken"] = str(start + size)
        return "application/json", json.dumps(page).encode()
    return answer


def chat(claims_of):
    """A model's endpoint: claims_of(text) -> the list of claims, or a string sent as it is."""
    def answer(method, path, query, body):
        if not path.endswith("/chat/completions") or method != "POST":
            return None, b""
        asked = json.loads(body)
        said = claims_of(asked["messages"][-1]["content"])
        content = said if isinstance(said, str) else json.dumps({"claims": said})
        return "application/json", json.dumps({
            "choices": [{"finish_reason": "stop",
                         "message": {"role": "assistant", "content": content}}],
            "usage": {"prompt_tokens": 500, "completion_tokens": 50}}).encode()
    return answer
