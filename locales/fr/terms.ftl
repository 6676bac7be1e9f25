# Terms of the trade.

mode-sea = maritime
mode-air = aérien
mode-rail = ferroviaire
mode-road = routier
