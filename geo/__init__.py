"""EPAA Atlas without its page: facts, geometry and drawings.

The rooms are a ladder; a module imports only from the rungs below it, and a tool checks that:

``__main__`` · ``cli``        the command line
``export`` | ``scenes``       tables as files | a reader's own scenes as a file
``webmap`` | ``figure`` | ``timeline``  a Laydown as a deck | for print | dates as a chart
``canvas``                    what each of the four maps does to a Laydown
``caption``                   all words that go with a drawing
``sentence`` | ``claims``     what is drawn, in a sentence | sentences checked against the map
``rules``                     how a kind of sentence is judged
``evidence``                  shares, distances and dates that a judgement rests on
``comparison``                what differs between two scenarios
``coverage`` | ``flatness``   who lies within which reach, what covers a place | the flat circle
``frames`` | ``legend``       a Laydown as GeoDataFrames | what each mark means
``palette``                   how each mark looks
``laydown``                   what stands where on a day, with its rings
``catalogue``                 read and check ``data/``
``origin`` | ``status``       where ranges start | what events make of a site
``scenario`` | ``borders``    the reader's choices and their link | countries under a border view
``reach`` | ``projection``    the geodesic buffer | a flat map, clipped by a geodesic cap
``discs`` | ``nearest``       rings, discs and sectors | the shortest way between shapes
``geodesy`` | ``model``       distances and areas on WGS 84 | frozen types with documented fields
``errors``                    one base, a few leaves

Longitude comes before latitude everywhere; units are in the names.
"""
