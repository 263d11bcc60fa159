"""NumPy's side of NumPyAgreementTest.

save FOLDER   writes files in several ways, and for each FILE what it holds as FILE.json: {name: {"shape", "values"}}
load FILE     prints what numpy.load finds, in the same form
"""

import json
import sys

import numpy


def described(arrays):
    return {
        name: {"shape": list(array.shape), "values": array.astype(float).flatten().tolist()} for name, array in arrays.items()
    }


def save(folder):
    generator = numpy.random.default_rng(1)
    whole = generator.normal(size=(3, 4, 5)) * 3
    arrays = {f"a.{code}": whole.astype(code) for code in ("f8", "f4", "f2", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1", "b1", ">f4", ">i2")
              if not code.startswith("u")}
    arrays.update({f"u.{code}": numpy.abs(whole).astype(code) for code in ("u8", "u4", "u2", "u1")})
    arrays["fortran"] = numpy.asfortranarray(whole)
    arrays["transposed"] = whole[:, :, 1].T
    arrays["scalar"] = numpy.array(1.5)
    arrays["empty"] = numpy.zeros((0, 3))
    arrays["vector"] = whole[0, 0]
    for name, write in (("plain", numpy.savez), ("compressed", numpy.savez_compressed)):
        write(f"{folder}/{name}.npz", **arrays)
        with open(f"{folder}/{name}.npz.json", "w") as out:
            json.dump(described(arrays), out)


if sys.argv[1] == "save":
    save(sys.argv[2])
else:
    with numpy.load(sys.argv[2], allow_pickle=False) as file:
        print(json.dumps(described({name: file[name] for name in file.files})))
