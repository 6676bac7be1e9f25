# Terms of the trade.

mode-sea = marítimo
mode-air = aéreo
mode-rail = ferroviario
mode-road = carretera
