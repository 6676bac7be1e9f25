"""The same pairs through scgraph and searoute. Reads a_lat,a_lon,b_lat,b_lon rows; writes one JSON object to stdout.

Figures are per CPU-second of this process; both are warmed up first. `distances` has null where a peer finds no way.
"""

import csv
import importlib.metadata
import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")
KM_PER_NM = 1.852


def per_cpu_second(count, work):
    start = time.process_time()
    made = work()
    return count / max(time.process_time() - start, 1e-9), made


def scgraph(pairs):
    from scgraph.geographs.marnet import marnet_geograph as graph

    def point(lat, lon):
        return {"latitude": lat, "longitude": lon}

    def route(pair, **more):
        try:
            return graph.get_shortest_path(point(*pair[:2]), point(*pair[2:]), output_units="km", silent=True, **more)["length"] / KM_PER_NM
        except Exception:
            return None

    # its trees are kept by `cache=True`; the second pass is the one that counts, in its favour
    [route(pair, cache=True) for pair in pairs]
    rate, distances = per_cpu_second(len(pairs), lambda: [route(pair, cache=True) for pair in pairs])
    ends = [point(*it) for it in dict.fromkeys(pair[:2] for pair in pairs)][:300]
    graph.distance_matrix(ends, silent=True)
    matrix, _ = per_cpu_second(len(ends) ** 2, lambda: graph.distance_matrix(ends, silent=True))
    return {"routes_per_s": rate, "matrix_pairs_per_s": matrix, "distances": distances}


def searoute(pairs):
    import searoute as sr

    def route(pair):
        try:
            return sr.searoute([pair[1], pair[0]], [pair[3], pair[2]], units="naut")["properties"]["length"]
        except Exception:
            return None

    route(pairs[0])
    rate, distances = per_cpu_second(len(pairs), lambda: [route(pair) for pair in pairs])
    return {"routes_per_s": rate, "distances": distances}


def main():
    with open(sys.argv[1], newline="") as file:
        pairs = [tuple(float(cell) for cell in row) for row in csv.reader(file)]
    answer = {}
    for name, peer in (("scgraph", scgraph), ("searoute", searoute)):
        try:
            answer[name] = {"version": importlib.metadata.version(name), **peer(pairs)}
        except Exception as error:
            answer[name] = {"error": f"{type(error).__name__}: {error}"}
    json.dump(answer, sys.stdout)


main()
